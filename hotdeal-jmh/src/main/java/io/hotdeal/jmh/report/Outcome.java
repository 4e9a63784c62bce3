package io.hotdeal.jmh.report;

import io.hotdeal.jmh.load.Comparison;
import io.hotdeal.jmh.load.Result;
import io.hotdeal.jmh.load.Slice;
import java.util.List;
import java.util.Map;

/**
 * All that a run has to show.
 *
 * @param environment what it ran on, by name
 * @param slices in the order in which they ran
 */
public record Outcome(
    Map<String, String> environment, List<Slice> slices, List<Comparison> comparisons) {

  public List<Result> results() {
    return Result.of(slices);
  }

  /** Whether a figure says nothing. */
  public boolean isVoid() {
    return slices.stream().anyMatch(Slice::isVoid);
  }
}
