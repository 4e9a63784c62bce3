package io.hotdeal.jmh.report;

import com.fasterxml.jackson.jr.ob.JSON;
import io.hotdeal.jmh.load.Comparison;
import io.hotdeal.jmh.load.RoundResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The result of a run for programs: every round, every ratio. */
public record JsonReport(RunResult result) {

  /** The JSON text; a number that is not finite is {@code "none"}. */
  public String text() throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("void", result.isVoid());
    all.put("environment", result.environment());
    all.put("rounds", result.rounds().stream().map(JsonReport::of).toList());
    all.put("comparisons", result.comparisons().stream().map(JsonReport::of).toList());
    return JSON.std
        .with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES)
        .asString(all);
  }

  private static Map<String, Object> of(RoundResult result) {
    Map<String, Object> all = new LinkedHashMap<>();
    var profile = result.scenario().profile();
    all.put("strategy", result.scenario().strategy());
    all.put("model", profile.model().name());
    all.put("callers", profile.callers());
    all.put("deals", profile.deals());
    all.put("instances", profile.instances());
    all.put("roundTripMillis", profile.roundTripMillis());
    all.put("rate", profile.rate());
    all.put("soldOut", profile.isSoldOut());
    all.put("stock", profile.stock());
    all.put("round", result.round());
    all.put("void", result.isVoid());
    all.put("perSecond", number(result.perSecond()));
    all.put("seconds", result.seconds());
    all.put("counted", result.counted());
    all.put("soldUnits", result.sold());
    all.put("soldOutAnswers", result.soldOut());
    all.put("errors", result.errors());
    all.put("dropped", result.dropped());
    all.put("rows", result.rows());
    all.put("storeCalls", result.storeCalls().total());
    all.put("commits", result.storeCalls().commits());
    all.put("roundTrips", result.storeCalls().roundTrips());
    all.put("scripts", result.storeCalls().scripts());
    all.put("latencyNanos", latencies(result));
    all.put("problems", result.problems());
    return all;
  }

  private static Map<String, Object> latencies(RoundResult result) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (double percentile : new double[] {50, 90, 99, 99.9, 99.99, 100}) {
      all.put("p" + Numbers.plain(percentile), (long) result.latency(percentile));
    }
    return all;
  }

  private static Map<String, Object> of(Comparison comparison) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("title", ComparisonText.title(comparison));
    all.put("metric", comparison.metric().name());
    all.put("median", number(comparison.median()));
    all.put("worst", number(comparison.worst()));
    all.put("values", comparison.values().stream().map(JsonReport::number).toList());
    all.put("void", comparison.isVoid());
    if (comparison.bound() != null) {
      all.put("bound", comparison.bound());
      all.put("missed", comparison.isMissed());
    }
    return all;
  }

  private static Object number(double value) {
    return Double.isFinite(value) ? (Object) value : "none";
  }
}
