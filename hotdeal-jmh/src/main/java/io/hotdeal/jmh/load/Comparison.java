package io.hotdeal.jmh.load;

import java.util.ArrayList;
import java.util.List;

/**
 * One contestant divided by another, round by round: both had the same machine then.
 *
 * @param ratios one for each round
 * @param isVoid whether one of the slices behind it has no figure
 */
public record Comparison(
    Contestant top, Contestant bottom, Metric metric, List<Double> ratios, boolean isVoid) {

  /** Divides those two. */
  public static Comparison of(
      List<Slice> slices, Contestant top, Contestant bottom, Metric metric) {
    List<Slice> above = Figures.of(slices, top);
    List<Slice> below = Figures.of(slices, bottom);
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(above.size(), below.size()); i++) {
      ratios.add(metric.of(above.get(i)) / metric.of(below.get(i)));
    }
    boolean isVoid =
        above.stream().anyMatch(Slice::isVoid) || below.stream().anyMatch(Slice::isVoid);
    return new Comparison(top, bottom, metric, ratios, isVoid);
  }

  public double median() {
    return Figures.median(ratios);
  }

  /** The worst of the rounds: the least where more is better, else the most. */
  public double worst() {
    return metric.isMoreBetter()
        ? ratios.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN)
        : ratios.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
  }
}
