package io.hotdeal.jmh.load;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What one contestant did in one round.
 *
 * @param counted the answers in time that count: sales, or refusals of a deal that is sold out
 * @param seconds the time that they took
 * @param sold all sales that were acknowledged, before and after that time too
 * @param rows what the stores hold as sold, read afterwards
 * @param storeCalls connections taken, and requests that Redis read, within that time
 * @param problems why this slice has no figure; empty if it has one
 */
public record Slice(
    Contestant contestant,
    int round,
    long counted,
    double seconds,
    long sold,
    long soldOut,
    long errors,
    long dropped,
    long rows,
    long storeCalls,
    Histogram latencies,
    List<String> problems) {

  /** A slice that broke off: it has no figure, the other contestants go on. */
  static Slice broken(Contestant contestant, int round, RuntimeException cause) {
    Histogram none = new Histogram(2);
    List<String> problems = List.of("broke off: " + cause);
    return new Slice(contestant, round, 0, 1, 0, 0, 0, 0, 0, 0, none, problems);
  }

  public double perSecond() {
    return counted / seconds;
  }

  /** Whether its figure says nothing, because something was lost, oversold or broken. */
  public boolean isVoid() {
    return !problems.isEmpty();
  }

  /** A latency in nanoseconds. */
  public double latency(double percentile) {
    return latencies.getValueAtPercentile(percentile);
  }
}
