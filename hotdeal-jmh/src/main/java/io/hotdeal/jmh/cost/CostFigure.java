package io.hotdeal.jmh.cost;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * A count per order, and how much the goals (P8) allow of it.
 *
 * @param per so many orders
 */
record CostFigure(String name, ToLongFunction<Cost> count, int per, double must) {

  static final List<CostFigure> ALL =
      List.of(
          new CostFigure("commits per 1,000 orders", Cost::commits, 1_000, 20),
          new CostFigure("writing transactions per 1,000", Cost::transactions, 1_000, 20),
          new CostFigure("round trips to the log per order", Cost::roundTrips, 1, 0.05),
          new CostFigure("Redis commands per order", Cost::scriptCalls, 1, 0.02));

  double median(List<Cost> rounds) {
    double[] sorted = sorted(rounds);
    return sorted[sorted.length / 2];
  }

  boolean isMissed(List<Cost> rounds) {
    return median(rounds) > must;
  }

  /** Median, most and what is asked. */
  String text(List<Cost> rounds) {
    double[] sorted = sorted(rounds);
    return String.format(
        Locale.ROOT,
        "  %-34s median %8.4f, most %8.4f, asked %s%s",
        name,
        median(rounds),
        sorted[sorted.length - 1],
        must,
        isMissed(rounds) ? ": MISSED" : "");
  }

  private double[] sorted(List<Cost> rounds) {
    return rounds.stream()
        .mapToDouble(cost -> per * cost.perOrder(count.applyAsLong(cost)))
        .sorted()
        .toArray();
  }
}
