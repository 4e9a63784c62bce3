package io.hotdeal.jmh.report;

import io.hotdeal.testkit.report.PngChart;
import io.hotdeal.testkit.report.Template;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The result of a run as one page that needs no other file. */
public record HtmlReport(RunResult result) {

  private record Row(boolean isVoid, List<String> cells) {}

  private record Fact(String name, String value) {}

  private record Image(String title, String uri) {}

  /** The page. */
  public String text() {
    return Template.beside(HtmlReport.class, "report.html")
        .with(
            Map.of(
                "isVoid", result.isVoid(),
                "problems", result.problems().toList(),
                "comparisons", result.comparisons().stream().map(ComparisonText::of).toList(),
                "charts", charts().map(it -> new Image(it.title(), it.dataUri())).toList(),
                "headers", ResultTable.HEADERS,
                "rows", rows(),
                "environment", environment()));
  }

  private List<Row> rows() {
    return result.scenarios().stream()
        .map(it -> new Row(it.isVoid(), ResultTable.row(it)))
        .toList();
  }

  private List<Fact> environment() {
    return result.environment().entrySet().stream()
        .map(it -> new Fact(it.getKey(), it.getValue()))
        .toList();
  }

  private Stream<PngChart> charts() {
    return Charts.of(result.scenarios()).stream();
  }

  /** The first chart as a PNG image. */
  public byte[] chart() {
    return charts()
        .findFirst()
        .map(PngChart::bytes)
        .orElseThrow(() -> new IllegalStateException("no scenario has run"));
  }
}
