package io.hotdeal.jmh.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs contestants in turns, A B A B, so that what changes on the machine changes for all of them.
 * Each round begins with another one.
 *
 * @param warmUp how long each strategy runs before the first round, once for each way to drive it
 * @param leadIn for so long a slice runs before its answers count
 * @param time for so long they count
 */
public record Rounds(int rounds, Duration warmUp, Duration leadIn, Duration time) {

  private static final Duration BRIEFLY = Duration.ofMillis(100);

  /** In words. */
  public String describe() {
    return rounds
        + " rounds, "
        + seconds(time)
        + " each after "
        + seconds(leadIn)
        + " not counted; "
        + seconds(warmUp)
        + " to warm up each strategy";
  }

  private static String seconds(Duration duration) {
    return Shape.plain(duration.toMillis() / 1e3) + " s";
  }

  /** Runs them all, and answers every slice in the order in which they ran. */
  public List<Slice> run(List<Contestant> contestants, Course course, Progress progress)
      throws InterruptedException {
    List<Slice> slices = new ArrayList<>(warmUp(contestants, course, progress));
    List<Contestant> turn = new ArrayList<>(contestants);
    for (int round = 1; round <= rounds; round++) {
      for (Contestant contestant : turn) {
        progress.begin("round " + round + "/" + rounds + " " + contestant);
        slices.add(run(contestant, round, leadIn, time, course));
      }
      Collections.rotate(turn, -1);
    }
    return slices;
  }

  /** What breaks is void, except for what was asked for in vain: that ends the run. */
  private static Slice run(
      Contestant contestant, int round, Duration leadIn, Duration time, Course course)
      throws InterruptedException {
    try {
      return course.run(contestant, round, leadIn, time);
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException e) {
      return Slice.broken(contestant, round, e);
    }
  }

  /** Its figures are not kept; a slice that is void is, because nothing may be lost then either. */
  private List<Slice> warmUp(List<Contestant> contestants, Course course, Progress progress)
      throws InterruptedException {
    List<Slice> bad = new ArrayList<>();
    Set<String> warm = new HashSet<>();
    for (Contestant contestant : contestants) {
      if (!warmUp.isZero() && warm.add(contestant.name())) {
        progress.begin("warm-up " + contestant);
        Slice slice = run(contestant, 0, warmUp, BRIEFLY, course);
        if (slice.isVoid()) {
          bad.add(slice);
        }
      }
    }
    return bad;
  }
}
