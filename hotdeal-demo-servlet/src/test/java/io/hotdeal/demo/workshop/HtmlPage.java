package io.hotdeal.demo.workshop;

import static java.util.Map.entry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report as one page that needs nothing else. */
record HtmlPage(Report report) {

  String render() throws IOException {
    String page = template();
    for (var value : values().entrySet()) {
      page = page.replace("{{" + value.getKey() + "}}", value.getValue());
    }
    return page;
  }

  private Map<String, String> values() {
    Options options = report.options();
    return Map.ofEntries(
        entry("lead", lead(options)),
        entry("verdictClass", report.problems().isEmpty() ? "" : "bad"),
        entry("verdict", verdict()),
        entry("chart", new BarChart(report.results(), loopLimit(options)).svg()),
        entry("table", table()),
        entry("payment", Integer.toString(options.paymentMillis())),
        entry("legacyLimit", limit(perSecond(1, options.paymentMillis()))),
        entry("loopLimit", limit(loopLimit(options))),
        entry("warmup", Integer.toString(options.warmupSeconds())),
        entry("environment", environment()),
        entry("database", escaped(report.database())));
  }

  private static String lead(Options options) {
    return String.format(
        Locale.ROOT,
        "%,d orders from %,d users at once for %,d items; each payment takes %d ms (simulated).",
        options.orders(),
        options.users(),
        options.stock(),
        options.paymentMillis());
  }

  private String verdict() {
    return report.problems().isEmpty()
        ? "The books add up at every endpoint: nothing oversold, every acknowledged sale has its"
            + " PAID row, left + sold = stock in every store."
        : report.problems().stream().map(HtmlPage::escaped).collect(Collectors.joining("<br>"));
  }

  private String table() {
    String head = row("th", TextTable.HEADERS);
    return TextTable.rows(report.results()).stream()
        .map(cells -> row("td", cells))
        .collect(Collectors.joining("", "<table>" + head, "</table>"));
  }

  private static String row(String tag, List<String> cells) {
    return cells.stream()
        .map(cell -> "<" + tag + ">" + escaped(cell) + "</" + tag + ">")
        .collect(Collectors.joining("", "<tr>", "</tr>\n"));
  }

  private String environment() {
    return Environment.of(report.status()).entrySet().stream()
        .map(fact -> "<dt>" + fact.getKey() + "</dt><dd>" + escaped(fact.getValue()) + "</dd>")
        .collect(Collectors.joining());
  }

  private static double loopLimit(Options options) {
    return perSecond(options.users(), options.paymentMillis());
  }

  /** 0 for no limit. */
  private static double perSecond(int count, int millis) {
    return millis == 0 ? 0 : count * 1e3 / millis;
  }

  private static String limit(double perSecond) {
    return perSecond == 0 ? "no limit" : String.format(Locale.ROOT, "%,.0f per second", perSecond);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String template() throws IOException {
    try (InputStream in = HtmlPage.class.getResourceAsStream("report.html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
