package io.hotdeal.demo.workshop;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sold per second as bars, true to scale: the legacy bar is as short as it is.
 *
 * @param limit what nobody can pass, a dashed line; 0 for none
 */
record BarChart(List<EndpointResult> results, double limit) {

  private static final int LEFT = 140;
  private static final int WIDTH = 640;
  private static final int STEP = 52;
  private static final int BAR = 32;

  String svg() {
    int height = results.size() * STEP + 24;
    String bars =
        IntStream.range(0, results.size()).mapToObj(this::bar).collect(Collectors.joining());
    return format(
        "<svg viewBox=\"0 0 1000 %d\" role=\"img\" aria-label=\"sold per second\">%s%s</svg>",
        height, bars, limitLine(height));
  }

  private String bar(int index) {
    EndpointResult result = results.get(index);
    int y = index * STEP;
    double width = Math.max(1.5, x(result.soldPerSecond()));
    String colour = index == 0 ? "var(--old)" : "var(--bar)";
    String ratio = TextTable.ratio(result, results.get(0).soldPerSecond());
    return format(
        """
        <text x="%d" y="%d" text-anchor="end">%s</text>
        <rect x="%d" y="%d" width="%.1f" height="%d" rx="3" fill="%s"/>
        <text x="%.1f" y="%d">%,.0f/s <tspan class="soft">%s</tspan></text>
        """,
        LEFT - 12,
        y + 21,
        HtmlPage.escaped(result.path()),
        LEFT,
        y,
        width,
        BAR,
        colour,
        LEFT + width + 10,
        y + 21,
        result.soldPerSecond(),
        ratio);
  }

  private String limitLine(int height) {
    if (limit == 0 || limit > 3 * fastest()) {
      return "";
    }
    double x = LEFT + x(limit);
    return format(
        """
        <line x1="%.1f" x2="%.1f" y1="0" y2="%d" stroke="var(--soft)" stroke-dasharray="4 4"/>
        <text class="soft" x="%.1f" y="%d" text-anchor="end">closed-loop limit %,.0f/s</text>
        """,
        x, x, height, x - 8, height - 6, limit);
  }

  private double x(double perSecond) {
    double scale = limit > 3 * fastest() ? fastest() : Math.max(limit, fastest());
    return scale == 0 ? 0 : WIDTH * perSecond / scale;
  }

  private double fastest() {
    return results.stream().mapToDouble(EndpointResult::soldPerSecond).max().orElse(0);
  }

  private static String format(String template, Object... values) {
    return String.format(Locale.ROOT, template, values);
  }
}
