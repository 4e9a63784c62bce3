package io.hotdeal.demo.workshop;

import java.util.List;
import java.util.Locale;

/** The results of the endpoints as cells of a table. */
final class ResultTable {

  static final List<String> HEADERS =
      List.of(
          "endpoint",
          "requests",
          "sold",
          "sold out",
          "errors",
          "rows PAID",
          "left in log",
          "left in counter",
          "oversold",
          "req/s",
          "sold/s",
          "p50 ms",
          "p99 ms",
          "ratio");

  private ResultTable() {}

  /** One row of cells for each endpoint; the ratio is sold/s to that of the first. */
  static List<List<String>> rows(List<EndpointResult> results) {
    double first = results.get(0).soldPerSecond();
    return results.stream().map(result -> cells(result, first)).toList();
  }

  static String ratio(EndpointResult result, double first) {
    return first == 0 ? "-" : decimal(result.soldPerSecond() / first) + "x";
  }

  private static List<String> cells(EndpointResult it, double first) {
    Long leftInCounter = it.leftInCounter();
    return List.of(
        it.path(),
        Long.toString(it.requests()),
        Long.toString(it.sold()),
        Long.toString(it.soldOut()),
        Long.toString(it.errors()),
        Long.toString(it.paidRows()),
        Long.toString(it.leftInLog()),
        leftInCounter == null ? "-" : leftInCounter.toString(),
        Long.toString(it.oversold()),
        decimal(it.requestsPerSecond()),
        decimal(it.soldPerSecond()),
        decimal(it.p50Millis()),
        decimal(it.p99Millis()),
        ratio(it, first));
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
