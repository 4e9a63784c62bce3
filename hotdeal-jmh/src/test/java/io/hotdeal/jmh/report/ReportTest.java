package io.hotdeal.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.hotdeal.jmh.load.Bound;
import io.hotdeal.jmh.load.CallCounts;
import io.hotdeal.jmh.load.Comparison;
import io.hotdeal.jmh.load.LoadModel;
import io.hotdeal.jmh.load.LoadProfile;
import io.hotdeal.jmh.load.Metric;
import io.hotdeal.jmh.load.RoundResult;
import io.hotdeal.jmh.load.Scenario;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

@DisplayName("The report of a run")
final class ReportTest {

  private static final String SPECIAL = "a < \"b\" & c";

  private static RunResult outcome(String... problems) {
    List<RoundResult> results = new ArrayList<>();
    for (int callers : new int[] {1, 150}) {
      for (int deals : new int[] {1, 1_000}) {
        for (double roundTrip : new double[] {0, 0.5, 2}) {
          LoadProfile profile = LoadProfile.closed(LoadModel.BLOCKING, callers).withDeals(deals);
          LoadProfile far = profile.withRoundTripMillis(roundTrip);
          results.add(result(new Scenario("row-lock", far), 100, List.of()));
          results.add(result(new Scenario("hotdeal-log", far), 9_000, List.of(problems)));
        }
      }
    }
    Comparison comparison =
        Comparison.of(
            results,
            results.get(1).scenario(),
            results.get(0).scenario(),
            Metric.PER_SECOND,
            Bound.atLeast(75));
    return new RunResult(Map.of("Processor", SPECIAL), results, List.of(comparison));
  }

  /** Two strategies in 1, 4 and 50 instances, of which the largest fleet of the one is void. */
  private static RunResult fleet() {
    List<RoundResult> results = new ArrayList<>();
    for (int instances : new int[] {1, 4, 50}) {
      LoadProfile profile =
          LoadProfile.closed(LoadModel.BLOCKING, 150).withInstances(instances).withDeals(7);
      List<String> problems = instances == 50 ? List.of("2 units lost") : List.of();
      results.add(result(new Scenario("row-lock", profile), 100, List.of()));
      results.add(result(new Scenario("hotdeal-log", profile), 20_000 / instances, problems));
    }
    return new RunResult(Map.of(), results, List.of());
  }

  private static RoundResult result(Scenario scenario, long counted, List<String> problems) {
    Histogram latencies = new Histogram(2);
    latencies.recordValue(1_000_000);
    latencies.recordValue(90_000_000);
    return new RoundResult(
        scenario,
        1,
        counted,
        1,
        counted,
        0,
        0,
        0,
        counted,
        new CallCounts(3, 0, 0, 0, 0),
        latencies,
        problems);
  }

  private static String console(RunResult outcome) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ConsoleReport(outcome).print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("is a well-formed page with charts for all that varied, and needs no other file")
  void page() throws Exception {
    String page = new HtmlReport(outcome()).text();

    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(page)));
    assertThat(document.getElementsByTagName("img").getLength()).isEqualTo(6);
    assertThat(document.getElementsByTagName("tr").getLength()).isEqualTo(1 + 24);
    assertThat(document.getElementsByTagName("dd").item(0).getTextContent()).isEqualTo(SPECIAL);
    assertThat(page).doesNotContain("{{").doesNotContain("http").doesNotContain("src=\"/");
    assertThat(page).contains("prefers-color-scheme: dark").contains("data:image/png;base64,");
  }

  @Test
  @DisplayName("is a chart as an image")
  void chart() throws Exception {
    byte[] chart = new HtmlReport(outcome()).chart();

    assertThat(ImageIO.read(new ByteArrayInputStream(chart)).getWidth()).isEqualTo(900);
  }

  @Test
  @DisplayName("is JSON with every round and every comparison")
  void json() throws IOException {
    Map<String, Object> all = JSON.std.mapFrom(new JsonReport(outcome()).text());

    assertThat(all).containsEntry("void", false);
    assertThat((List<?>) all.get("rounds")).hasSize(24);
    assertThat(all.get("comparisons").toString())
        .contains("values=[90.0]")
        .contains("limit=75.0")
        .contains("missed=false");
  }

  @Test
  @DisplayName("is a table on the console, with a line for each comparison")
  void table() {
    assertThat(console(outcome()))
        .contains("hotdeal-log @150 deals=1000 rtt=0.5")
        .contains("per s over deals")
        .doesNotContain("over instances")
        .contains(
            "hotdeal-log @1 ÷ row-lock @1: median 90.0x, minimum 90.0x, rounds 90.0; at least 75.0x: kept")
        .doesNotContain("VOID");
  }

  @Test
  @DisplayName("has a table and a chart of the rates over the instances, and a table of latencies")
  void fleetCurves() throws IOException {
    assertThat(console(fleet()))
        .contains("per s over instances           1      4    50\n")
        .contains("row-lock @150 deals=7        100    100   100\n")
        .contains("hotdeal-log @150 deals=7  20,000  5,000  VOID\n")
        .contains("p99 ms over instances        1     4    50\n")
        .doesNotContain("over deals");
    assertThat(new HtmlReport(fleet()).text()).contains("Orders per second by instances");
    assertThat(new JsonReport(fleet()).text()).contains("\"instances\" : 50");
  }

  @Test
  @DisplayName("marks void results on the console, in JSON and in HTML")
  void isVoid() throws Exception {
    RunResult bad = outcome("2 units lost");

    assertThat(console(bad)).contains("VOID hotdeal-log @1: 2 units lost").contains("MISSED");
    assertThat(new JsonReport(bad).text()).contains("\"void\" : true").contains("2 units lost");
    assertThat(new HtmlReport(bad).text()).contains("VOID: not every figure is valid");
  }
}
