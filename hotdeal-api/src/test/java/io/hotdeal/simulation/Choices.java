package io.hotdeal.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Decides everything that can vary in a history; the same choices give the same history. */
interface Choices {

  /** Chooses one of {@code options}, from 0 on. */
  int of(int options);

  /** Whether something happens that happens one time in {@code times}. */
  default boolean oneIn(int times) {
    return of(times) == times - 1;
  }

  /** Random choices from a seed. */
  static Choices seeded(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return options -> options <= 1 ? 0 : random.nextInt(options);
  }

  /** All possible choices, one history after the other, depth first. */
  final class All implements Choices {

    private final List<int[]> path = new ArrayList<>(); // taken, options
    private int depth;

    @Override
    public int of(int options) {
      if (options <= 1) {
        return 0;
      }
      if (depth == path.size()) {
        path.add(new int[] {0, options});
      }
      return path.get(depth++)[0];
    }

    /** Whether there is a history that has not been run yet; the next choices lead to it. */
    boolean next() {
      depth = 0;
      while (!path.isEmpty()) {
        int[] last = path.get(path.size() - 1);
        if (++last[0] < last[1]) {
          return true;
        }
        path.remove(path.size() - 1);
      }
      return false;
    }

    @Override
    public String toString() {
      StringBuilder taken = new StringBuilder();
      path.forEach(choice -> taken.append(choice[0]).append(' '));
      return taken.toString().trim();
    }
  }
}
