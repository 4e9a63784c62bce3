package io.hotdeal.jmh.report;

import java.util.List;

/**
 * A line in a chart.
 *
 * @param colour the same number in every chart is the same colour
 */
record Series(String name, int colour, List<Point> points) {

  /**
   * A measured place on it.
   *
   * @param isVoid whether it says nothing
   */
  record Point(double x, double y, boolean isVoid) {}
}
