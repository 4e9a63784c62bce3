package io.hotdeal.jmh.report;

import java.util.List;

/** A line in a chart. */
record Series(String name, List<Point> points) {

  /**
   * A measured place on it.
   *
   * @param isVoid whether it says nothing
   */
  record Point(double x, double y, boolean isVoid) {}
}
