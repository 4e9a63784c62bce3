package io.hotdeal.jmh.load;

import java.util.List;

/** The median of a few values. */
final class Median {

  private Median() {}

  /** The middle value, or the mean of the two in the middle; NaN of nothing. */
  static double of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int size = sorted.size();
    if (size == 0) {
      return Double.NaN;
    }
    return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
  }
}
