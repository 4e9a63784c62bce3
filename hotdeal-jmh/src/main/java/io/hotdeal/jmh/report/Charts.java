package io.hotdeal.jmh.report;

import io.hotdeal.jmh.load.Contestant;
import io.hotdeal.jmh.load.Result;
import io.hotdeal.jmh.load.Shape;
import io.hotdeal.jmh.report.Series.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The charts that an outcome has something to show in; where loads vary, the others at one. */
final class Charts {

  private static final int USUAL_CALLERS = 150;
  private static final int MOST_BARS = 16;
  private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9, 99.99);

  private final List<Result> results;
  private final int callers;
  private final int deals;
  private final double roundTrip;
  private final List<String> names;

  private Charts(List<Result> results) {
    this.results = results;
    callers = (int) nearest(distinct(shape -> shape.callers()), USUAL_CALLERS);
    deals = (int) nearest(distinct(shape -> shape.deals()), 1);
    roundTrip = nearest(distinct(Shape::roundTripMillis), 0);
    names =
        results.stream()
            .map(it -> it.contestant().name())
            .distinct()
            .sorted(Comparator.comparing(name -> !name.startsWith("hotdeal")))
            .toList();
  }

  /** The most telling one first. */
  static List<Svg> of(List<Result> results) {
    return results.isEmpty() ? List.of() : new Charts(results).all();
  }

  private List<Svg> all() {
    List<Svg> charts = new ArrayList<>();
    for (double spread : distinct(shape -> shape.deals())) {
      addIfVaried(
          charts, Shape::callers, it -> it.deals() == spread && near(it), byCallers(spread));
    }
    charts.add(bars());
    addIfVaried(
        charts,
        Shape::roundTripMillis,
        it -> it.callers() == callers && it.deals() == deals,
        new Form(
            "Orders per second as the stores are farther away", "added round trip, ms", false));
    addIfVaried(
        charts,
        Shape::deals,
        it -> it.callers() == callers && near(it),
        new Form("One hot deal, or the same load spread over many", "deals", true));
    charts.add(percentiles());
    return charts;
  }

  private record Form(String title, String xTitle, boolean isLog) {}

  private static Form byCallers(double deals) {
    return new Form(
        "Orders per second by callers"
            + (deals == 1 ? ", one hot deal" : ", " + (int) deals + " deals"),
        "callers",
        true);
  }

  private boolean near(Shape shape) {
    return shape.roundTripMillis() == roundTrip;
  }

  private void addIfVaried(
      List<Svg> charts, ToDoubleFunction<Shape> by, Predicate<Shape> which, Form form) {
    List<Result> chosen = results.stream().filter(it -> which.test(shape(it))).toList();
    List<Double> xs = chosen.stream().map(it -> by.applyAsDouble(shape(it))).distinct().toList();
    if (xs.size() < 2) {
      return;
    }
    List<Series> lines = lines(chosen, it -> by.applyAsDouble(shape(it)));
    Scale x = form.isLog() ? logOf(xs) : Scale.Linear.of(max(xs));
    charts.add(
        new LineChart(
                form.title(), Axis.of(form.xTitle(), x), Axis.of("per second", logY(lines)), lines)
            .svg());
  }

  private List<Series> lines(List<Result> chosen, ToDoubleFunction<Result> x) {
    return chosen.stream()
        .map(it -> it.contestant().name())
        .distinct()
        .map(name -> new Series(name, names.indexOf(name), points(chosen, name, x)))
        .toList();
  }

  private static List<Point> points(List<Result> chosen, String name, ToDoubleFunction<Result> x) {
    return chosen.stream()
        .filter(it -> it.contestant().name().equals(name))
        .map(it -> new Point(x.applyAsDouble(it), it.perSecond(), it.isVoid()))
        .sorted(Comparator.comparingDouble(Point::x))
        .toList();
  }

  /** All of them, or where these are too many, those under the usual load. */
  private Svg bars() {
    List<Result> usual = results.stream().filter(this::isUsual).toList();
    List<Result> shown = results.size() <= MOST_BARS || usual.isEmpty() ? results : usual;
    boolean sameLoad = shown.stream().map(it -> shape(it).callers()).distinct().count() == 1;
    return new BarChart(
            sameLoad
                ? "Orders per second, " + shape(shown.get(0)).callers() + " callers"
                : "Orders per second",
            shown.stream().map(it -> bar(it, shown.get(0).perSecond(), sameLoad)).toList())
        .svg();
  }

  private boolean isUsual(Result result) {
    Shape shape = shape(result);
    return shape.callers() == callers && shape.deals() == deals && near(shape);
  }

  private static BarChart.Bar bar(Result result, double base, boolean sameLoad) {
    Contestant contestant = result.contestant();
    String note = result.isVoid() ? "VOID" : Numbers.short3(result.perSecond() / base) + "x";
    String name = sameLoad ? contestant.label().replaceFirst(" @\\d+", "") : contestant.label();
    return new BarChart.Bar(name, result.perSecond(), note, result.isVoid());
  }

  private Svg percentiles() {
    List<Series> lines =
        results.stream()
            .filter(it -> isUsual(it) && it.latencies().getTotalCount() > 0)
            .map(
                it ->
                    new Series(
                        it.contestant().name(),
                        names.indexOf(it.contestant().name()),
                        latencies(it)))
            .toList();
    Axis x =
        new Axis(
            "percentile, from p50",
            new Scale.Log(1, 10_000),
            value -> value == 1 ? "" : percent(100 - 100 / value));
    Axis y = new Axis("latency, ms", logY(lines), Numbers::short3);
    return new LineChart("Latency by percentile, " + callers + " callers", x, y, lines).svg();
  }

  private static List<Point> latencies(Result result) {
    return PERCENTILES.stream()
        .map(it -> new Point(100 / (100 - it), result.millis(it), result.isVoid()))
        .toList();
  }

  private static String percent(double value) {
    return value == Math.rint(value) ? "p" + (int) value : "p" + (float) value;
  }

  private static Scale logY(List<Series> lines) {
    return logOf(lines.stream().flatMap(it -> it.points().stream()).map(Point::y).toList());
  }

  private static Scale logOf(List<Double> values) {
    double least = values.stream().mapToDouble(it -> it).filter(it -> it > 0).min().orElse(1);
    return Scale.Log.of(least, Math.max(least, max(values)));
  }

  private static double max(List<Double> values) {
    return values.stream().mapToDouble(it -> it).max().orElse(1);
  }

  private List<Double> distinct(ToDoubleFunction<Shape> by) {
    return results.stream().map(it -> by.applyAsDouble(shape(it))).distinct().toList();
  }

  private static double nearest(List<Double> values, double to) {
    return values.stream().min(Comparator.comparingDouble(it -> Math.abs(it - to))).orElseThrow();
  }

  private static Shape shape(Result result) {
    return result.contestant().shape();
  }
}
