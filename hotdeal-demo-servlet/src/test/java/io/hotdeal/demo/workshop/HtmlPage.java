package io.hotdeal.demo.workshop;

import static java.util.Map.entry;

import io.hotdeal.testkit.report.PngChart;
import io.hotdeal.testkit.report.PngChart.Bar;
import io.hotdeal.testkit.report.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report as one page that needs no other file. */
record HtmlPage(Report report) {

  private record Fact(String name, String value) {}

  String render() {
    Options options = report.options();
    return Template.beside(HtmlPage.class, "report.html")
        .with(
            Map.ofEntries(
                entry("lead", lead(options)),
                entry("isSound", report.problems().isEmpty()),
                entry("problems", report.problems()),
                entry("chart", chart().dataUri()),
                entry("headers", ResultTable.HEADERS),
                entry("rows", ResultTable.rows(report.results())),
                entry("payment", options.paymentMillis()),
                entry("legacyLimit", limit(perSecond(1, options.paymentMillis()))),
                entry("loopLimit", limit(loopLimit(options))),
                entry("warmup", options.warmupSeconds()),
                entry("environment", environment()),
                entry("database", report.database())));
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

  /** A bar per endpoint, and one for the limit of a closed loop. */
  private PngChart chart() {
    double first = report.results().get(0).soldPerSecond();
    List<Bar> bars = new ArrayList<>();
    for (EndpointResult result : report.results()) {
      String ratio = ResultTable.ratio(result, first);
      String value = String.format(Locale.ROOT, "%,.0f/s", result.soldPerSecond());
      bars.add(new Bar(result.path() + "  " + value + " (" + ratio + ")", result.soldPerSecond()));
    }
    double limit = loopLimit(report.options());
    if (limit > 0) {
      bars.add(new Bar("users ÷ payment time  " + limit(limit), limit));
    }
    return PngChart.ofBars("Items sold per second", "per second", bars);
  }

  private List<Fact> environment() {
    return Environment.of(report.status()).entrySet().stream()
        .map(fact -> new Fact(fact.getKey(), fact.getValue()))
        .toList();
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
}
