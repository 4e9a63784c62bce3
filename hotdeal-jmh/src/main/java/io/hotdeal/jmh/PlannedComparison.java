package io.hotdeal.jmh;

import io.hotdeal.jmh.load.Bound;
import io.hotdeal.jmh.load.Comparison;
import io.hotdeal.jmh.load.Metric;
import io.hotdeal.jmh.load.RoundResult;
import io.hotdeal.jmh.load.Scenario;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A comparison that is to be made after the run.
 *
 * @param baselines the fastest of these is the divisor: a baseline with its best parameters; empty
 *     if the metric is absolute
 * @param bound null for none
 */
record PlannedComparison(
    Scenario scenario, List<Scenario> baselines, Metric metric, @Nullable Bound bound) {

  /** One for each scenario, but for the only baseline itself. */
  static List<PlannedComparison> ofEach(
      List<Scenario> scenarios, List<Scenario> baselines, Metric metric, @Nullable Bound bound) {
    return scenarios.stream()
        .filter(scenario -> !baselines.equals(List.of(scenario)))
        .map(scenario -> new PlannedComparison(scenario, baselines, metric, bound))
        .toList();
  }

  boolean isWithin(List<Scenario> present) {
    return present.contains(scenario) && present.containsAll(baselines);
  }

  Comparison of(List<RoundResult> results) {
    Scenario baseline = baselines.isEmpty() ? null : RoundResult.fastest(results, baselines);
    return Comparison.of(results, scenario, baseline, metric, bound);
  }
}
