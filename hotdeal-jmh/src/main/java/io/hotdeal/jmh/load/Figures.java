package io.hotdeal.jmh.load;

import java.util.Comparator;
import java.util.List;

/** What rounds come to. */
public final class Figures {

  private Figures() {}

  /** The slices of one contestant, by round, without warm-ups. */
  public static List<Slice> of(List<Slice> slices, Contestant contestant) {
    return slices.stream()
        .filter(slice -> slice.contestant().equals(contestant) && slice.round() > 0)
        .sorted(Comparator.comparingInt(Slice::round))
        .toList();
  }

  /** The middle one, or the mean of the two in the middle; NaN of nothing. */
  public static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int size = sorted.size();
    if (size == 0) {
      return Double.NaN;
    }
    return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
  }

  /** The median of a metric over the rounds. */
  public static double median(List<Slice> slices, Contestant contestant, Metric metric) {
    return median(of(slices, contestant).stream().map(metric::of).toList());
  }

  /** The one with the best median. */
  public static Contestant best(List<Slice> slices, List<Contestant> of) {
    return of.stream()
        .max(Comparator.comparingDouble(it -> median(slices, it, Metric.PER_SECOND)))
        .orElseThrow();
  }
}
