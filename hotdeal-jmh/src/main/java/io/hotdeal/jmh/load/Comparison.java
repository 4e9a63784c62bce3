package io.hotdeal.jmh.load;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One contestant divided by another, round by round: both had the same machine then.
 *
 * @param bottom null if the top's own values are what counts
 * @param ratios one for each round
 * @param isVoid whether one of the slices behind it has no figure
 * @param target null if it has to reach nothing
 */
public record Comparison(
    Contestant top,
    @Nullable Contestant bottom,
    Metric metric,
    List<Double> ratios,
    boolean isVoid,
    @Nullable Target target) {

  /** Divides those two. */
  public static Comparison of(
      List<Slice> slices,
      Contestant top,
      @Nullable Contestant bottom,
      Metric metric,
      @Nullable Target target) {
    List<Slice> above = Figures.of(slices, top);
    List<Slice> below = bottom == null ? List.of() : Figures.of(slices, bottom);
    List<Double> ratios =
        bottom == null ? above.stream().map(metric::of).toList() : divided(above, below, metric);
    boolean isVoid = slices.stream().anyMatch(it -> it.isVoid() && isOf(it, top, bottom));
    return new Comparison(top, bottom, metric, ratios, isVoid, target);
  }

  private static List<Double> divided(List<Slice> above, List<Slice> below, Metric metric) {
    return IntStream.range(0, Math.min(above.size(), below.size()))
        .mapToObj(i -> metric.of(above.get(i)) / metric.of(below.get(i)))
        .toList();
  }

  private static boolean isOf(Slice slice, Contestant top, @Nullable Contestant bottom) {
    return slice.contestant().equals(top) || slice.contestant().equals(bottom);
  }

  public double median() {
    return Figures.median(ratios);
  }

  /** The worst of the rounds: the least where more is better, else the most. */
  public double worst() {
    var values = ratios.stream().mapToDouble(Double::doubleValue);
    return (metric.isMoreBetter() ? values.min() : values.max()).orElse(Double.NaN);
  }

  /** Whether this value, median or worst, reaches that limit. */
  public boolean reaches(double value, double limit) {
    return !isVoid && (metric.isMoreBetter() ? value >= limit : value <= limit);
  }

  /** Whether there is something to reach, and the median does not. */
  public boolean isMissed() {
    return target != null && !reaches(median(), target.must());
  }
}
