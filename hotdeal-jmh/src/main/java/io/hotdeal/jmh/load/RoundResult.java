package io.hotdeal.jmh.load;

import java.util.Comparator;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What one scenario did in one round.
 *
 * @param round 0 for a warm-up
 * @param counted the answers within the measured time that count: sales, or refusals of a deal that
 *     is sold out
 * @param seconds the measured time
 * @param sold all acknowledged sales, those before and after the measured time included
 * @param rows units that the stores hold as sold, read afterwards
 * @param storeCalls within the measured time
 * @param latencies in nanoseconds
 * @param problems why this result is void; empty if it is valid
 */
public record RoundResult(
    Scenario scenario,
    int round,
    long counted,
    double seconds,
    long sold,
    long soldOut,
    long errors,
    long dropped,
    long rows,
    CallCounts storeCalls,
    Histogram latencies,
    List<String> problems) {

  /** Of what was sold and audited. */
  static RoundResult of(Scenario scenario, int round, Window window, Sales sales) {
    CallerStats.Total total = sales.total();
    boolean neverSellsOut = scenario.profile().neverSellsOut();
    return new RoundResult(
        scenario,
        round,
        total.soldInTime() + (neverSellsOut ? 0 : total.soldOutInTime()),
        window.seconds(),
        total.sold(),
        total.soldOut(),
        total.errors(),
        total.dropped(),
        sales.audit().rows(),
        sales.calls(),
        total.latencies(),
        sales.problems(neverSellsOut));
  }

  /** Of a scenario that failed before it had a result; the other scenarios go on. */
  static RoundResult failed(Scenario scenario, int round, RuntimeException cause) {
    Histogram none = new Histogram(2);
    List<String> problems = List.of("failed: " + cause);
    return new RoundResult(scenario, round, 0, 1, 0, 0, 0, 0, 0, CallCounts.NONE, none, problems);
  }

  /** The results of one scenario, by round, without warm-ups. */
  static List<RoundResult> of(List<RoundResult> results, Scenario scenario) {
    return results.stream()
        .filter(result -> result.scenario().equals(scenario) && result.round() > 0)
        .sorted(Comparator.comparingInt(RoundResult::round))
        .toList();
  }

  /** The scenario with the greatest median rate. */
  public static Scenario fastest(List<RoundResult> results, List<Scenario> of) {
    return of.stream()
        .max(Comparator.comparingDouble(scenario -> medianPerSecond(of(results, scenario))))
        .orElseThrow();
  }

  static double medianPerSecond(List<RoundResult> results) {
    return Median.of(results.stream().map(RoundResult::perSecond).toList());
  }

  public double perSecond() {
    return counted / seconds;
  }

  /** Whether its figure is invalid, because something was lost, oversold or failed. */
  public boolean isVoid() {
    return !problems.isEmpty();
  }

  /** A latency in nanoseconds. */
  public double latency(double percentile) {
    return latencies.getValueAtPercentile(percentile);
  }
}
