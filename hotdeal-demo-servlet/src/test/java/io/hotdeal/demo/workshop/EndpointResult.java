package io.hotdeal.demo.workshop;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of one endpoint.
 *
 * @param sold responses with a numeric body
 * @param paidRows orders in state PAID, from the log
 * @param leftInCounter null for an endpoint without a counter
 * @param oversold sales beyond the stock
 * @param seconds from the start to the last answer
 * @param requestsPerSecond requests / seconds
 * @param soldPerSecond sold / seconds from the start to the last sale
 * @param p50Millis of all answers
 */
record EndpointResult(
    String path,
    long requests,
    long sold,
    long soldOut,
    long errors,
    long paidRows,
    long leftInLog,
    @Nullable Long leftInCounter,
    long oversold,
    double seconds,
    double requestsPerSecond,
    double soldPerSecond,
    double p50Millis,
    double p99Millis) {

  static EndpointResult of(String path, Score score, StockAudit audit, long stock) {
    return new EndpointResult(
        path,
        score.requests(),
        score.sold(),
        score.soldOut(),
        score.errors(),
        audit.paidRows(),
        audit.leftInLog(),
        audit.leftInCounter(),
        Math.max(0, Math.max(score.sold(), audit.paidRows()) - stock),
        score.seconds(),
        score.requestsPerSecond(),
        score.soldPerSecond(),
        score.percentileMillis(50),
        score.percentileMillis(99));
  }

  /** The result as written to result.json. */
  Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("path", path);
    map.put("requests", requests);
    map.put("sold", sold);
    map.put("soldOut", soldOut);
    map.put("errors", errors);
    map.put("paidRows", paidRows);
    map.put("leftInLog", leftInLog);
    map.put("leftInCounter", leftInCounter);
    map.put("oversold", oversold);
    map.put("seconds", rounded(seconds));
    map.put("requestsPerSecond", rounded(requestsPerSecond));
    map.put("soldPerSecond", rounded(soldPerSecond));
    map.put("p50Millis", rounded(p50Millis));
    map.put("p99Millis", rounded(p99Millis));
    return map;
  }

  private static double rounded(double value) {
    return Math.round(value * 1e3) / 1e3;
  }
}
