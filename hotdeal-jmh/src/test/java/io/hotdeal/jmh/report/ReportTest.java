package io.hotdeal.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.hotdeal.jmh.load.Comparison;
import io.hotdeal.jmh.load.Contestant;
import io.hotdeal.jmh.load.Drive;
import io.hotdeal.jmh.load.Metric;
import io.hotdeal.jmh.load.Shape;
import io.hotdeal.jmh.load.Slice;
import io.hotdeal.jmh.load.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

@DisplayName("The report of a run")
final class ReportTest {

  private static final String SPECIAL = "a < \"b\" & c";

  private static Outcome outcome(String... problems) {
    List<Slice> slices = new ArrayList<>();
    for (int callers : new int[] {1, 150}) {
      for (int deals : new int[] {1, 1_000}) {
        for (double roundTrip : new double[] {0, 0.5, 2}) {
          Shape shape = Shape.closed(Drive.BLOCKING, callers).withDeals(deals);
          Shape far = shape.withRoundTripMillis(roundTrip);
          slices.add(slice(new Contestant("row-lock", far), 100, List.of()));
          slices.add(slice(new Contestant("hotdeal-log", far), 9_000, List.of(problems)));
        }
      }
    }
    Comparison comparison =
        Comparison.of(
            slices,
            slices.get(1).contestant(),
            slices.get(0).contestant(),
            Metric.PER_SECOND,
            new Target("P1", 75, 150));
    return new Outcome(Map.of("Processor", SPECIAL), slices, List.of(comparison));
  }

  private static Slice slice(Contestant contestant, long counted, List<String> problems) {
    Histogram latencies = new Histogram(2);
    latencies.recordValue(1_000_000);
    latencies.recordValue(90_000_000);
    return new Slice(contestant, 1, counted, 1, counted, 0, 0, 0, counted, 3, latencies, problems);
  }

  private static String console(Outcome outcome) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ConsoleReport(outcome).print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Document xml(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }

  @Test
  @DisplayName("is a page that is well-formed, has a chart for all that varied, and needs nothing")
  void page() throws Exception {
    String page = new HtmlReport(outcome()).text();

    Document document = xml(page);
    assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(6);
    assertThat(document.getElementsByTagName("dd").item(0).getTextContent()).isEqualTo(SPECIAL);
    assertThat(page).doesNotContain("{{").doesNotContain("http").doesNotContain("src=");
    assertThat(page).contains("prefers-color-scheme: dark");
  }

  @Test
  @DisplayName("is a chart of its own")
  void chart() throws Exception {
    String svg = new HtmlReport(outcome()).svg();

    assertThat(xml(svg).getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(svg).contains("Orders per second by callers, one hot deal").contains("<style>");
  }

  @Test
  @DisplayName("is JSON with every slice and every ratio")
  void json() throws IOException {
    Map<String, Object> all = JSON.std.mapFrom(new JsonReport(outcome()).text());

    assertThat(all).containsEntry("void", false);
    assertThat((List<?>) all.get("slices")).hasSize(24);
    assertThat(all.get("comparisons").toString())
        .contains("goal=P1")
        .contains("rounds=[90.0]")
        .contains("verdict=MUST REACHED");
  }

  @Test
  @DisplayName("is a table, and a line for each comparison")
  void table() {
    assertThat(console(outcome()))
        .contains("hotdeal-log @150 deals=1000 rtt=0.5")
        .contains("P1 hotdeal-log @1 ÷ row-lock @1: must ≥ 75.0x, aim ≥ 150x; reached median 90.0x")
        .doesNotContain("VOID");
  }

  @Test
  @DisplayName("says of a figure that it is void, and why, wherever it is shown")
  void isVoid() throws Exception {
    Outcome bad = outcome("2 units lost");

    assertThat(console(bad)).contains("VOID hotdeal-log @1: 2 units lost").contains("MISSED");
    assertThat(new JsonReport(bad).text()).contains("\"void\" : true").contains("2 units lost");
    assertThat(new HtmlReport(bad).text()).contains("VOID: not every figure holds");
    assertThat(new HtmlReport(bad).svg()).contains("class=\"dot void\"");
  }
}
