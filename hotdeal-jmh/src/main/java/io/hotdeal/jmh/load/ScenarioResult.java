package io.hotdeal.jmh.load;

import java.util.List;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/**
 * What one scenario did in all its rounds.
 *
 * @param rounds their results, without the warm-up
 * @param latencies of all rounds, in nanoseconds
 * @param problems of any round, warm-up included; if there is one, no figure here is valid
 */
public record ScenarioResult(
    Scenario scenario, List<RoundResult> rounds, Histogram latencies, List<String> problems) {

  /** The results of every scenario, in the order in which they first ran. */
  public static List<ScenarioResult> of(List<RoundResult> results) {
    return results.stream()
        .map(RoundResult::scenario)
        .distinct()
        .map(scenario -> of(scenario, results))
        .toList();
  }

  private static ScenarioResult of(Scenario scenario, List<RoundResult> all) {
    List<RoundResult> rounds = RoundResult.of(all, scenario);
    Histogram latencies = new Histogram(2);
    rounds.forEach(round -> latencies.add(round.latencies()));
    List<String> problems =
        all.stream()
            .filter(result -> result.scenario().equals(scenario))
            .flatMap(result -> result.problems().stream())
            .distinct()
            .toList();
    return new ScenarioResult(scenario, rounds, latencies, problems);
  }

  public boolean isVoid() {
    return !problems.isEmpty();
  }

  /** The median of the rounds. */
  public double perSecond() {
    return RoundResult.medianPerSecond(rounds);
  }

  /** The slowest round. */
  public double leastPerSecond() {
    return rounds.stream().mapToDouble(RoundResult::perSecond).min().orElse(Double.NaN);
  }

  /** A count, added up over the rounds. */
  public long sum(ToLongFunction<RoundResult> count) {
    return rounds.stream().mapToLong(count).sum();
  }

  /** A latency of all rounds together, in milliseconds. */
  public double millis(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e6;
  }
}
