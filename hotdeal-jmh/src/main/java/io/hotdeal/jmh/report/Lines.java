package io.hotdeal.jmh.report;

import io.hotdeal.jmh.load.Comparison;
import io.hotdeal.jmh.load.Metric;
import io.hotdeal.jmh.load.Target;
import java.util.Locale;
import java.util.stream.Collectors;

/** Comparisons in words. */
final class Lines {

  private Lines() {}

  /** What it has to reach, the median, the worst, and every round. */
  static String of(Comparison comparison) {
    Target target = comparison.target();
    return (target == null ? "" : target.name() + " ")
        + title(comparison)
        + ": "
        + (target == null ? "" : limits(comparison, target))
        + value(comparison, comparison.median())
        + (comparison.metric().isMoreBetter() ? ", minimum " : ", maximum ")
        + value(comparison, comparison.worst())
        + ", rounds "
        + comparison.ratios().stream().map(Numbers::short3).collect(Collectors.joining(" "))
        + (target == null ? "" : "  " + verdict(comparison, target))
        + (comparison.isVoid() ? "  VOID" : "");
  }

  static String title(Comparison comparison) {
    Metric metric = comparison.metric();
    return comparison.top()
        + (comparison.bottom() == null ? "" : " ÷ " + comparison.bottom())
        + (metric == Metric.PER_SECOND ? "" : ", " + metric);
  }

  private static String limits(Comparison comparison, Target target) {
    String sign = comparison.metric().isMoreBetter() ? "≥ " : "≤ ";
    return "must "
        + sign
        + value(comparison, target.must())
        + ", aim "
        + sign
        + value(comparison, target.aim())
        + "; reached median ";
  }

  static String value(Comparison comparison, double value) {
    return Numbers.short3(value) + (comparison.bottom() == null ? "" : "x");
  }

  /** How far it got. */
  static String verdict(Comparison comparison, Target target) {
    String verdict;
    if (comparison.isMissed()) {
      verdict = "missed";
    } else if (comparison.reaches(comparison.median(), target.aim())) {
      verdict = "aim reached";
    } else {
      verdict = "must reached";
    }
    boolean always = comparison.reaches(comparison.worst(), target.must());
    return verdict.toUpperCase(Locale.ROOT)
        + (comparison.isMissed() || always ? "" : " by the median, not in every round");
  }
}
