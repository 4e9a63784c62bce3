package io.hotdeal.demo.workshop;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The comparison, for a terminal and for the page. */
final class TextTable {

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

  private TextTable() {}

  /** One row of cells for each endpoint; the ratio is sold/s to that of the first. */
  static List<List<String>> rows(List<EndpointResult> results) {
    double first = results.get(0).soldPerSecond();
    return results.stream().map(result -> cells(result, first)).toList();
  }

  static String render(List<EndpointResult> results) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADERS);
    lines.addAll(rows(results));
    StringBuilder out = new StringBuilder();
    for (List<String> line : lines) {
      for (int column = 0; column < HEADERS.size(); column++) {
        int width = width(lines, column);
        String align = column == 0 ? "%-" + width + "s" : "  %" + width + "s";
        out.append(String.format(align, line.get(column)));
      }
      out.append('\n');
    }
    return out.toString();
  }

  static String ratio(EndpointResult result, double first) {
    return first == 0 ? "-" : decimal(result.soldPerSecond() / first) + "x";
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
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
