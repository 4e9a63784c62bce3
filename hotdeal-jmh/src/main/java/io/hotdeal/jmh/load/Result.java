package io.hotdeal.jmh.load;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What one contestant did in all rounds.
 *
 * @param perSecond the median of the rounds
 * @param least the least of them
 * @param rows what the stores hold as sold
 * @param problems of any round, warm-up included; if there is one, no figure here says anything
 */
public record Result(
    Contestant contestant,
    double perSecond,
    double least,
    long sold,
    long soldOut,
    long errors,
    long dropped,
    long rows,
    long storeCalls,
    Histogram latencies,
    List<String> problems) {

  /** Adds up the slices of each contestant. */
  public static List<Result> of(List<Slice> slices) {
    return slices.stream()
        .map(Slice::contestant)
        .distinct()
        .map(contestant -> of(contestant, slices))
        .toList();
  }

  private static Result of(Contestant contestant, List<Slice> all) {
    List<Slice> slices = Figures.of(all, contestant);
    Histogram latencies = new Histogram(2);
    slices.forEach(slice -> latencies.add(slice.latencies()));
    return new Result(
        contestant,
        Figures.median(slices.stream().map(Slice::perSecond).toList()),
        slices.stream().mapToDouble(Slice::perSecond).min().orElse(Double.NaN),
        slices.stream().mapToLong(Slice::sold).sum(),
        slices.stream().mapToLong(Slice::soldOut).sum(),
        slices.stream().mapToLong(Slice::errors).sum(),
        slices.stream().mapToLong(Slice::dropped).sum(),
        slices.stream().mapToLong(Slice::rows).sum(),
        slices.stream().mapToLong(Slice::storeCalls).sum(),
        latencies,
        all.stream()
            .filter(slice -> slice.contestant().equals(contestant))
            .flatMap(slice -> slice.problems().stream())
            .distinct()
            .toList());
  }

  public boolean isVoid() {
    return !problems.isEmpty();
  }

  /** A latency of all rounds together, in milliseconds. */
  public double millis(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e6;
  }
}
