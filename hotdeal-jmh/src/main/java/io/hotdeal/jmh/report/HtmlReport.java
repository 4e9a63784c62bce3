package io.hotdeal.jmh.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The outcome as one page that needs nothing else. */
public record HtmlReport(Outcome outcome) {

  /** The page. */
  public String text() {
    String page = Resources.read("report.html");
    for (var value : values().entrySet()) {
      page = page.replace("{{" + value.getKey() + "}}", value.getValue());
    }
    return page;
  }

  private Map<String, String> values() {
    return Map.of(
        "css", Resources.read("chart.css"),
        "verdictClass", outcome.isVoid() ? "bad" : "good",
        "verdict", verdict(),
        "comparisons", comparisons(),
        "charts", charts(),
        "table", table(),
        "environment", environment());
  }

  private String verdict() {
    if (!outcome.isVoid()) {
      return "Every figure holds: what was acknowledged is in the stores, nothing was oversold, no"
          + " order failed.";
    }
    return outcome.results().stream()
        .flatMap(it -> it.problems().stream().map(problem -> it.contestant() + ": " + problem))
        .map(Svg::escaped)
        .collect(Collectors.joining("<br/>", "VOID: not every figure holds.<br/>", ""));
  }

  private String comparisons() {
    return outcome.comparisons().stream()
        .map(it -> "<li>" + Svg.escaped(Lines.of(it)) + "</li>")
        .collect(Collectors.joining("\n", "<ul>", "</ul>"));
  }

  private String charts() {
    return Charts.of(outcome.results()).stream()
        .map(chart -> "<section>" + chart.inline() + "</section>")
        .collect(Collectors.joining("\n"));
  }

  private String table() {
    return outcome.results().stream()
        .map(it -> row("td", it.isVoid(), ResultRow.of(it)))
        .collect(
            Collectors.joining("", "<table>" + row("th", false, ResultRow.HEADERS), "</table>"));
  }

  private static String row(String tag, boolean isVoid, List<String> cells) {
    return cells.stream()
        .map(cell -> "<" + tag + ">" + Svg.escaped(cell) + "</" + tag + ">")
        .collect(Collectors.joining("", isVoid ? "<tr class=\"bad\">" : "<tr>", "</tr>\n"));
  }

  private String environment() {
    return outcome.environment().entrySet().stream()
        .map(
            it ->
                "<dt>"
                    + Svg.escaped(it.getKey())
                    + "</dt><dd>"
                    + Svg.escaped(it.getValue())
                    + "</dd>")
        .collect(Collectors.joining("\n", "<dl>", "</dl>"));
  }

  /** The first chart as a file of its own. */
  public String svg() {
    return Charts.of(outcome.results()).stream()
        .findFirst()
        .map(Svg::standalone)
        .orElseThrow(() -> new IllegalStateException("there is nothing to draw"));
  }
}
