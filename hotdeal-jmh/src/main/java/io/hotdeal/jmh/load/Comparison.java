package io.hotdeal.jmh.load;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One scenario divided by a baseline, round by round: both ran on the same machine, one after the
 * other.
 *
 * @param baseline null if the metric is absolute: then nothing is divided
 * @param values one per round, the ratios or the metric itself
 * @param isVoid whether a result of either is void
 * @param bound what the median has to keep; null for nothing
 */
public record Comparison(
    Scenario scenario,
    @Nullable Scenario baseline,
    Metric metric,
    List<Double> values,
    boolean isVoid,
    @Nullable Bound bound) {

  /** Divides the results of the one by those of the other. */
  public static Comparison of(
      List<RoundResult> results,
      Scenario scenario,
      @Nullable Scenario baseline,
      Metric metric,
      @Nullable Bound bound) {
    List<Double> above = values(results, scenario, metric);
    List<Double> values =
        baseline == null ? above : divided(above, values(results, baseline, metric));
    boolean isVoid =
        results.stream()
            .filter(it -> it.scenario().equals(scenario) || it.scenario().equals(baseline))
            .anyMatch(RoundResult::isVoid);
    return new Comparison(scenario, baseline, metric, values, isVoid, bound);
  }

  private static List<Double> values(List<RoundResult> results, Scenario scenario, Metric metric) {
    return RoundResult.of(results, scenario).stream().map(metric::of).toList();
  }

  private static List<Double> divided(List<Double> above, List<Double> below) {
    return IntStream.range(0, Math.min(above.size(), below.size()))
        .mapToObj(i -> above.get(i) / below.get(i))
        .toList();
  }

  public double median() {
    return Median.of(values);
  }

  /** The worst round: the minimum where more is better, else the maximum. */
  public double worst() {
    var all = values.stream().mapToDouble(Double::doubleValue);
    return (metric.isMoreBetter() ? all.min() : all.max()).orElse(Double.NaN);
  }

  /** Whether there is a bound that the median does not keep; a void comparison keeps none. */
  public boolean isMissed() {
    return bound != null && (isVoid || !bound.holds(median()));
  }

  /** Whether there is a bound and every round keeps it. */
  public boolean isKeptByEveryRound() {
    return bound != null && !isVoid && values.stream().allMatch(bound::holds);
  }
}
