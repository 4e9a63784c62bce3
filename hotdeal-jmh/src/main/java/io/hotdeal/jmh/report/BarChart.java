package io.hotdeal.jmh.report;

import java.util.List;

/** Bars true to scale, one below the other. */
record BarChart(String title, List<Bar> bars) {

  private static final int LEFT = 300;
  private static final int LONGEST = 400;
  private static final int WIDTH = 860;
  private static final int TOP = 44;
  private static final int STEP = 34;
  private static final int THICKNESS = 22;

  /**
   * One of them.
   *
   * @param note stands behind its value
   */
  record Bar(String name, double value, String note, boolean isVoid) {}

  Svg svg() {
    Svg svg = new Svg(title, WIDTH, TOP + bars.size() * STEP + 10);
    svg.text(16, 24, "title", title);
    double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
    for (int i = 0; i < bars.size(); i++) {
      add(svg, bars.get(i), TOP + i * STEP, Math.max(most, 1e-9));
    }
    return svg;
  }

  private static void add(Svg svg, Bar bar, int y, double most) {
    double length = Math.max(1.5, LONGEST * bar.value() / most);
    svg.text(LEFT - 10, y + 16, "name end", bar.name());
    svg.add(
        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"3\" class=\"bar %s\"/>",
        LEFT,
        y,
        length,
        THICKNESS,
        bar.isVoid() ? "void" : bar.name().startsWith("hotdeal") ? "c0" : "c1");
    svg.text(LEFT + length + 8, y + 16, "value", Numbers.whole(bar.value()) + "/s  " + bar.note());
  }
}
