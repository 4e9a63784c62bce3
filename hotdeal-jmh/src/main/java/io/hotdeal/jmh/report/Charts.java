package io.hotdeal.jmh.report;

import io.hotdeal.jmh.load.LoadProfile;
import io.hotdeal.jmh.load.ScenarioResult;
import io.hotdeal.testkit.report.PngChart;
import io.hotdeal.testkit.report.PngChart.Axis;
import io.hotdeal.testkit.report.PngChart.Bar;
import io.hotdeal.testkit.report.PngChart.Line;
import io.hotdeal.testkit.report.PngChart.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The charts of a run: one for every parameter that varied, with the others at one value, then bars
 * and latencies.
 */
final class Charts {

  private static final int DEFAULT_CALLERS = 150;
  private static final int MOST_BARS = 16;
  private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9, 99.99);
  private static final Axis PER_SECOND = new Axis("per second", true, Numbers::rough);

  private final List<ScenarioResult> results;
  private final int callers;
  private final int deals;
  private final double roundTrip;
  private final int instances;

  private Charts(List<ScenarioResult> results) {
    this.results = results;
    callers = (int) nearest(distinct(LoadProfile::callers), DEFAULT_CALLERS);
    deals = (int) nearest(distinct(LoadProfile::deals), 1);
    roundTrip = nearest(distinct(LoadProfile::roundTripMillis), 0);
    instances = (int) nearest(distinct(LoadProfile::instances), 1);
  }

  /** The charts, the most important one first. */
  static List<PngChart> of(List<ScenarioResult> results) {
    return results.isEmpty() ? List.of() : new Charts(results).all();
  }

  /**
   * What a chart shows of a load on its x axis.
   *
   * @param name of the line of a result
   */
  private record Curve(
      String title,
      Axis axis,
      ToDoubleFunction<LoadProfile> x,
      Function<ScenarioResult, String> name) {}

  private List<PngChart> all() {
    List<PngChart> charts = new ArrayList<>();
    for (double spread : distinct(LoadProfile::deals)) {
      addIfVaried(
          charts,
          new Curve(
              "Orders per second by callers" + (spread == 1 ? ", one hot deal" : ", many deals"),
              new Axis("callers", true, Numbers::plain),
              LoadProfile::callers,
              Charts::name),
          it -> it.deals() == spread && isNear(it) && it.instances() == instances);
    }
    charts.add(bars());
    addIfVaried(
        charts,
        new Curve(
            "Orders per second by added round-trip time",
            new Axis("added round trip, ms", false, Numbers::plain),
            LoadProfile::roundTripMillis,
            Charts::name),
        it -> it.callers() == callers && it.deals() == deals && it.instances() == instances);
    addIfVaried(
        charts,
        new Curve(
            "Orders per second by deals",
            new Axis("deals", true, Numbers::plain),
            LoadProfile::deals,
            Charts::name),
        it -> it.callers() == callers && isNear(it) && it.instances() == instances);
    addIfVaried(
        charts,
        new Curve(
            "Orders per second by instances",
            new Axis("instances", true, Numbers::plain),
            LoadProfile::instances,
            Charts::nameAndCallers),
        it -> it.deals() == deals && isNear(it));
    charts.add(latencies());
    return charts;
  }

  private boolean isNear(LoadProfile profile) {
    return profile.roundTripMillis() == roundTrip;
  }

  private void addIfVaried(List<PngChart> charts, Curve curve, Predicate<LoadProfile> which) {
    List<ScenarioResult> chosen = results.stream().filter(it -> which.test(profile(it))).toList();
    if (chosen.stream().mapToDouble(it -> curve.x.applyAsDouble(profile(it))).distinct().count()
        < 2) {
      return;
    }
    List<Line> lines =
        chosen.stream()
            .map(curve.name)
            .distinct()
            .map(name -> new Line(name, points(chosen, name, curve)))
            .toList();
    charts.add(PngChart.ofLines(curve.title, curve.axis, PER_SECOND, lines));
  }

  private static List<Point> points(List<ScenarioResult> chosen, String name, Curve curve) {
    return chosen.stream()
        .filter(it -> curve.name.apply(it).equals(name))
        .map(it -> new Point(curve.x.applyAsDouble(profile(it)), it.perSecond()))
        .sorted(Comparator.comparingDouble(Point::x))
        .toList();
  }

  /** All results, or where these are too many, those under the default load. */
  private PngChart bars() {
    List<ScenarioResult> usual = results.stream().filter(this::isUsual).toList();
    List<ScenarioResult> shown = results.size() <= MOST_BARS || usual.isEmpty() ? results : usual;
    return PngChart.ofBars(
        "Orders per second",
        "per second",
        shown.stream().map(it -> bar(it, shown.get(0).perSecond())).toList());
  }

  private boolean isUsual(ScenarioResult result) {
    LoadProfile profile = profile(result);
    return profile.callers() == callers
        && profile.deals() == deals
        && isNear(profile)
        && profile.instances() == instances;
  }

  private static Bar bar(ScenarioResult result, double base) {
    String value =
        result.isVoid()
            ? "VOID"
            : Numbers.whole(result.perSecond())
                + " ("
                + Numbers.short3(result.perSecond() / base)
                + "x)";
    return new Bar(result.scenario().label() + "  " + value, result.perSecond());
  }

  /** The x axis is 1 / (1 - percentile), so that 99, 99.9 and 99.99 are equally far apart. */
  private PngChart latencies() {
    Axis x = new Axis("percentile", true, value -> "p" + Numbers.plain(100 - 100 / value));
    Axis y = new Axis("latency, ms", true, Numbers::short3);
    List<Line> lines =
        results.stream()
            .filter(it -> isUsual(it) && it.latencies().getTotalCount() > 0)
            .map(it -> new Line(it.scenario().label(), latencies(it)))
            .toList();
    return PngChart.ofLines("Latency by percentile, " + callers + " callers", x, y, lines);
  }

  private static List<Point> latencies(ScenarioResult result) {
    return PERCENTILES.stream()
        .map(percentile -> new Point(100 / (100 - percentile), result.millis(percentile)))
        .toList();
  }

  private static String name(ScenarioResult result) {
    return result.scenario().name() + (result.isVoid() ? " VOID" : "");
  }

  private static String nameAndCallers(ScenarioResult result) {
    return name(result) + " @" + profile(result).callers();
  }

  private List<Double> distinct(ToDoubleFunction<LoadProfile> by) {
    return results.stream().map(it -> by.applyAsDouble(profile(it))).distinct().toList();
  }

  private static double nearest(List<Double> values, double to) {
    return values.stream().min(Comparator.comparingDouble(it -> Math.abs(it - to))).orElseThrow();
  }

  private static LoadProfile profile(ScenarioResult result) {
    return result.scenario().profile();
  }
}
