package io.hotdeal.jmh.report;

import io.hotdeal.jmh.load.Bound;
import io.hotdeal.jmh.load.Comparison;
import io.hotdeal.jmh.load.Metric;
import java.util.stream.Collectors;

/** Comparisons as one line of text each. */
final class ComparisonText {

  private ComparisonText() {}

  /** The median, the worst round, all rounds, and whether the bound is kept. */
  static String of(Comparison comparison) {
    return title(comparison)
        + ": median "
        + value(comparison, comparison.median())
        + (comparison.metric().isMoreBetter() ? ", minimum " : ", maximum ")
        + value(comparison, comparison.worst())
        + ", rounds "
        + comparison.values().stream().map(Numbers::short3).collect(Collectors.joining(" "))
        + verdict(comparison)
        + (comparison.isVoid() ? "  VOID" : "");
  }

  static String title(Comparison comparison) {
    Metric metric = comparison.metric();
    return comparison.scenario()
        + (comparison.baseline() == null ? "" : " ÷ " + comparison.baseline())
        + (metric == Metric.PER_SECOND ? "" : ", " + metric);
  }

  private static String value(Comparison comparison, double value) {
    return Numbers.short3(value) + (comparison.baseline() == null ? "" : "x");
  }

  /** Empty without a bound. */
  static String verdict(Comparison comparison) {
    Bound bound = comparison.bound();
    if (bound == null) {
      return "";
    }
    String limit =
        (bound.isLeast() ? "; at least " : "; at most ") + value(comparison, bound.limit());
    if (comparison.isMissed()) {
      return limit + ": MISSED";
    }
    return limit + (comparison.isKeptByEveryRound() ? ": kept" : ": kept by the median only");
  }
}
