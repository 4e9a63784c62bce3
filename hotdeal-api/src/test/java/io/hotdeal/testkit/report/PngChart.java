package io.hotdeal.testkit.report;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;

/** A chart as a PNG image, drawn by XChart. */
public final class PngChart {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 480;
  private static final int BAR_HEIGHT = 36;
  private static final int BARS_MARGIN = 110;

  static {
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
  }

  private final String title;
  private final byte[] bytes;

  private PngChart(String title, byte[] bytes) {
    this.title = title;
    this.bytes = bytes;
  }

  /** An axis; a logarithmic one shows positive values only. */
  public record Axis(String title, boolean isLogarithmic, Function<Double, String> label) {}

  /** A measured point. */
  public record Point(double x, double y) {}

  /** A line of points, ordered by x. */
  public record Line(String name, List<Point> points) {}

  /** A bar. */
  public record Bar(String name, double value) {}

  /** Lines in one frame. */
  public static PngChart ofLines(String title, Axis x, Axis y, List<Line> lines) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x.title())
            .yAxisTitle(y.title())
            .theme(ChartTheme.Matlab)
            .build();
    chart
        .getStyler()
        .setXAxisLogarithmic(x.isLogarithmic())
        .setYAxisLogarithmic(y.isLogarithmic())
        .setXAxisTickLabelsFormattingFunction(x.label())
        .setYAxisTickLabelsFormattingFunction(y.label())
        .setLegendPosition(LegendPosition.OutsideE);
    for (Line line : lines) {
      List<Point> shown =
          line.points().stream()
              .filter(point -> point.x() > 0 || !x.isLogarithmic())
              .filter(point -> point.y() > 0 || !y.isLogarithmic())
              .toList();
      if (!shown.isEmpty()) {
        chart.addSeries(
            line.name(),
            shown.stream().mapToDouble(Point::x).toArray(),
            shown.stream().mapToDouble(Point::y).toArray());
      }
    }
    return of(title, chart);
  }

  /** Bars from the top down, true to scale from zero. */
  public static PngChart ofBars(String title, String axis, List<Bar> bars) {
    HorizontalBarChart chart =
        new HorizontalBarChartBuilder()
            .width(WIDTH)
            .height(BARS_MARGIN + BAR_HEIGHT * bars.size())
            .title(title)
            .xAxisTitle(axis)
            .theme(ChartTheme.Matlab)
            .build();
    chart.getStyler().setXAxisMin(0.0).setLegendVisible(false);
    List<Bar> upwards =
        IntStream.rangeClosed(1, bars.size()).mapToObj(i -> bars.get(bars.size() - i)).toList();
    chart
        .addSeries(
            title,
            upwards.stream().map(Bar::value).toList(),
            upwards.stream().map(Bar::name).toList())
        .setFillColor(new Color(0x2F6FDE));
    return of(title, chart);
  }

  private static PngChart of(String title, Chart<?, ?> chart) {
    try {
      return new PngChart(title, ChartEncoder.getBytes(chart, "png"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For readers that show no image. */
  public String title() {
    return title;
  }

  /** The image. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The image for the {@code src} of a page that needs no other file. */
  public String dataUri() {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes);
  }
}
