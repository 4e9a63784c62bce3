package io.hotdeal.jmh.report;

import com.fasterxml.jackson.jr.ob.JSON;
import io.hotdeal.jmh.load.Comparison;
import io.hotdeal.jmh.load.Slice;
import io.hotdeal.jmh.load.Target;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The outcome for programs: every slice, every ratio. */
public record JsonReport(Outcome outcome) {

  /** The text; a number that is none is the word. */
  public String text() throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("void", outcome.isVoid());
    all.put("environment", outcome.environment());
    all.put("slices", outcome.slices().stream().map(JsonReport::of).toList());
    all.put("comparisons", outcome.comparisons().stream().map(JsonReport::of).toList());
    return JSON.std
        .with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES)
        .asString(all);
  }

  private static Map<String, Object> of(Slice slice) {
    Map<String, Object> all = new LinkedHashMap<>();
    var shape = slice.contestant().shape();
    all.put("strategy", slice.contestant().strategy());
    all.put("drive", shape.drive().name());
    all.put("callers", shape.callers());
    all.put("deals", shape.deals());
    all.put("roundTripMillis", shape.roundTripMillis());
    all.put("rate", shape.rate());
    all.put("soldOut", shape.isSoldOut());
    all.put("stock", shape.stock());
    all.put("round", slice.round());
    all.put("void", slice.isVoid());
    all.put("perSecond", number(slice.perSecond()));
    all.put("seconds", slice.seconds());
    all.put("counted", slice.counted());
    all.put("soldUnits", slice.sold());
    all.put("soldOutAnswers", slice.soldOut());
    all.put("errors", slice.errors());
    all.put("dropped", slice.dropped());
    all.put("rows", slice.rows());
    all.put("storeCalls", slice.storeCalls());
    all.put("latencyNanos", latencies(slice));
    all.put("problems", slice.problems());
    return all;
  }

  private static Map<String, Object> latencies(Slice slice) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (double percentile : new double[] {50, 90, 99, 99.9, 99.99, 100}) {
      all.put("p" + Numbers.plain(percentile), (long) slice.latency(percentile));
    }
    return all;
  }

  private static Map<String, Object> of(Comparison comparison) {
    Map<String, Object> all = new LinkedHashMap<>();
    Target target = comparison.target();
    all.put("title", Lines.title(comparison));
    all.put("metric", comparison.metric().name());
    all.put("median", number(comparison.median()));
    all.put("worst", number(comparison.worst()));
    all.put("rounds", comparison.ratios().stream().map(JsonReport::number).toList());
    all.put("void", comparison.isVoid());
    if (target != null) {
      all.put("goal", target.name());
      all.put("must", target.must());
      all.put("aim", target.aim());
      all.put("verdict", Lines.verdict(comparison, target));
    }
    return all;
  }

  private static Object number(double value) {
    return Double.isFinite(value) ? (Object) value : "none";
  }
}
