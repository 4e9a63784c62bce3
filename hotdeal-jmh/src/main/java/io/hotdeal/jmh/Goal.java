package io.hotdeal.jmh;

import io.hotdeal.jmh.load.Metric;
import java.util.List;

/**
 * One line of the goals: a ratio, and how far it has to reach.
 *
 * @param name {@code P1}
 * @param top a contestant, see {@link io.hotdeal.jmh.load.Contestants}; {@code {rate}} in it is the
 *     highest rate of {@link #RATE_OF}, measured first
 * @param bottoms of these the fastest; empty if the top's own value counts
 */
record Goal(String name, String top, List<String> bottoms, Metric metric, double must, double aim) {

  /** Too many callers make it slower: its highest rate is that of the best number of them. */
  static final List<String> RATE_OF =
      List.of(
          "row-lock/callers=2",
          "row-lock/callers=4",
          "row-lock/callers=8",
          "row-lock/callers=16",
          "row-lock/callers=150");

  static final String RATE = "{rate}";

  private static final List<String> DECR = List.of("redis-benchmark-decr/callers=50");
  private static final List<String> CONDITIONAL_UPDATE =
      List.of(
          "conditional-update-1",
          "conditional-update-2",
          "conditional-update-4",
          "conditional-update-8",
          "conditional-update-16");
  private static final List<String> INSERT_ONLY =
      List.of("insert-only-8", "insert-only-16", "insert-only-32", "insert-only-64");
  private static final List<String> CALLERS =
      List.of(
          "hotdeal-log/callers=1",
          "hotdeal-log/callers=10",
          "hotdeal-log/callers=50",
          "hotdeal-log/callers=150",
          "hotdeal-log/callers=500",
          "hotdeal-log/callers=1000");

  static final List<Goal> ALL =
      List.of(
          atLeast("P1", "hotdeal-log", List.of("row-lock"), 75, 150),
          atLeast("P1", "hotdeal-log/async", List.of("row-lock"), 100, 200),
          atLeast("P2", "hotdeal-log", CONDITIONAL_UPDATE, 12, 25),
          atLeast("P3", "hotdeal-log", INSERT_ONLY, 3, 6),
          atLeast("P4", "hotdeal-log", List.of("hotdeal-log/deals=1000"), 1.0, 1.2),
          atLeast("P4", "hotdeal-log/callers=1000", CALLERS, 0.9, 1.0),
          atLeast("P5", "hotdeal-claims-jedis/async", DECR, 5, 10),
          atLeast("P5", "hotdeal-claims-jedis", DECR, 1.3, 2),
          atLeast("P5", "hotdeal-claims-jedis", List.of("redisson-semaphore"), 4, 8),
          atLeast("P5", "hotdeal-claims-jedis/async", List.of("redisson-semaphore"), 8, 20),
          atLeast("P6", "hotdeal-log-1m/sold-out/callers=2", DECR, 200, 500),
          atLeast("P6", "hotdeal-log/sold-out/callers=2", DECR, 200, 500),
          atMost("P6", "hotdeal-log-1m/sold-out/callers=2", List.of(), Metric.STORE_CALLS, 0, 0),
          atMost("P6", "hotdeal-log/sold-out/callers=2", List.of(), Metric.STORE_CALLS, 0, 0),
          atMost(
              "P7",
              "hotdeal-log/callers=1",
              List.of("hotdeal-log-direct/callers=1"),
              Metric.P50,
              1.3,
              1.1),
          atMost(
              "P7",
              "hotdeal-log/rate=" + RATE,
              List.of("row-lock/rate=" + RATE),
              Metric.P99,
              1 / 50.0,
              1 / 100.0));

  /**
   * The lines of one goal.
   *
   * @throws IllegalArgumentException if there are none
   */
  static List<Goal> named(String name) {
    List<Goal> goals = ALL.stream().filter(goal -> goal.name().equalsIgnoreCase(name)).toList();
    if (goals.isEmpty()) {
      throw new IllegalArgumentException(
          "goal " + name + " is none of " + ALL.stream().map(Goal::name).distinct().toList());
    }
    return goals;
  }

  /** Whether a rate has to be measured first. */
  boolean needsRate() {
    return top.contains(RATE);
  }

  private static Goal atLeast(
      String name, String top, List<String> bottoms, double must, double aim) {
    return new Goal(name, top, bottoms, Metric.PER_SECOND, must, aim);
  }

  private static Goal atMost(
      String name, String top, List<String> bottoms, Metric metric, double must, double aim) {
    return new Goal(name, top, bottoms, metric, must, aim);
  }
}
