package io.hotdeal.jmh.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs scenarios interleaved, A B A B, so that a change of the machine affects all of them. Each
 * round begins with another scenario.
 *
 * @param warmUp how long each strategy runs before the first round, once per load model
 * @param leadIn how long a scenario runs in a round before its answers count
 * @param time how long its answers count
 */
public record Rounds(int rounds, Duration warmUp, Duration leadIn, Duration time) {

  private static final Duration WARM_UP_COUNTED = Duration.ofMillis(100);

  /** For the report. */
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
    return LoadProfile.plain(duration.toMillis() / 1e3) + " s";
  }

  /** Runs all rounds; returns the results in the order in which they ran. */
  public List<RoundResult> run(List<Scenario> scenarios, ScenarioRunner runner, Progress progress)
      throws InterruptedException {
    List<RoundResult> results = new ArrayList<>(warmUp(scenarios, runner, progress));
    List<Scenario> turn = new ArrayList<>(scenarios);
    for (int round = 1; round <= rounds; round++) {
      for (Scenario scenario : turn) {
        progress.begin("round " + round + "/" + rounds + " " + scenario);
        results.add(run(scenario, round, leadIn, time, runner));
      }
      Collections.rotate(turn, -1);
    }
    return results;
  }

  /** A failure makes a void result, but an invalid option ends the run. */
  private static RoundResult run(
      Scenario scenario, int round, Duration leadIn, Duration time, ScenarioRunner runner)
      throws InterruptedException {
    try {
      return runner.run(scenario, round, leadIn, time);
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException e) {
      return RoundResult.failed(scenario, round, e);
    }
  }

  /** Only void results of the warm-up are kept: nothing may be lost in it either. */
  private List<RoundResult> warmUp(
      List<Scenario> scenarios, ScenarioRunner runner, Progress progress)
      throws InterruptedException {
    List<RoundResult> bad = new ArrayList<>();
    Set<String> warm = new HashSet<>();
    for (Scenario scenario : scenarios) {
      if (!warmUp.isZero() && warm.add(scenario.name())) {
        progress.begin("warm-up " + scenario);
        RoundResult result = run(scenario, 0, warmUp, WARM_UP_COUNTED, runner);
        if (result.isVoid()) {
          bad.add(result);
        }
      }
    }
    return bad;
  }
}
