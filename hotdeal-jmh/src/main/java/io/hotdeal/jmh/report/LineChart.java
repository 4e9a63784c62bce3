package io.hotdeal.jmh.report;

import io.hotdeal.jmh.report.Series.Point;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Lines over two axes, each named at its end. */
record LineChart(String title, Axis x, Axis y, List<Series> series) {

  private static final int WIDTH = 860;
  private static final int HEIGHT = 440;
  private static final int LEFT = 74;
  private static final int RIGHT = 230;
  private static final int TOP = 52;
  private static final int BOTTOM = 58;
  private static final int LINE_HEIGHT = 17;

  Svg svg() {
    Svg svg = new Svg(title, WIDTH, HEIGHT);
    svg.text(LEFT, 24, "title", title);
    grid(svg);
    series.forEach(it -> line(svg, it));
    names(svg);
    return svg;
  }

  private void grid(Svg svg) {
    for (double tick : y.scale().ticks()) {
      double at = py(tick);
      svg.add("<path d=\"M%d %.1fH%d\" class=\"grid\"/>", LEFT, at, WIDTH - RIGHT);
      svg.text(LEFT - 8, at + 4, "tick end", y.label().apply(tick));
    }
    for (double tick : x.scale().ticks()) {
      double at = px(tick);
      svg.add("<path d=\"M%.1f %dV%d\" class=\"grid\"/>", at, TOP, HEIGHT - BOTTOM);
      svg.text(at, HEIGHT - BOTTOM + 20, "tick middle", x.label().apply(tick));
    }
    svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 14, "tick middle", x.title());
    svg.text(LEFT, TOP - 12, "tick", y.title());
  }

  private void line(Svg svg, Series line) {
    String points =
        line.points().stream()
            .map(it -> String.format(Locale.ROOT, "%.1f,%.1f", px(it.x()), py(it.y())))
            .collect(Collectors.joining(" "));
    svg.add("<polyline points=\"%s\" class=\"line %s\"/>", points, colour(line));
    for (Point point : line.points()) {
      svg.add(
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" class=\"dot %s\"><title>%s</title></circle>",
          px(point.x()),
          py(point.y()),
          point.isVoid() ? "void" : colour(line),
          Svg.escaped(tip(line, point)));
    }
  }

  private String tip(Series line, Point point) {
    return line.name()
        + ": "
        + x.label().apply(point.x())
        + ", "
        + Numbers.short3(point.y())
        + (point.isVoid() ? ", VOID" : "");
  }

  /** At the ends of the lines, moved apart where they would meet. */
  private void names(Svg svg) {
    List<Series> drawn =
        series.stream()
            .filter(it -> !it.points().isEmpty())
            .sorted(Comparator.comparingDouble(this::endOf))
            .toList();
    double free = TOP - LINE_HEIGHT;
    double most = HEIGHT - BOTTOM - (drawn.size() - 1) * (double) LINE_HEIGHT;
    for (Series line : drawn) {
      free = Math.max(free + LINE_HEIGHT, Math.min(endOf(line), most) + 4);
      most += LINE_HEIGHT;
      svg.text(WIDTH - RIGHT + 12, free, "name " + colour(line), line.name());
    }
  }

  private double endOf(Series line) {
    return py(line.points().get(line.points().size() - 1).y());
  }

  private double px(double value) {
    return LEFT + x.scale().position(value) * (WIDTH - LEFT - RIGHT);
  }

  private double py(double value) {
    return HEIGHT - BOTTOM - y.scale().position(value) * (HEIGHT - TOP - BOTTOM);
  }

  /** Ten colours; beyond them they come again, dashed. */
  private static String colour(Series line) {
    return "c" + line.colour() % 10 + (line.colour() < 10 ? "" : " again");
  }
}
