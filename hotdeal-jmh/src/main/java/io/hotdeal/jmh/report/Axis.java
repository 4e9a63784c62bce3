package io.hotdeal.jmh.report;

import java.util.function.DoubleFunction;

/** A scale, what it measures, and how its values are written. */
record Axis(String title, Scale scale, DoubleFunction<String> label) {

  /** Written as people write numbers: {@code 20k}. */
  static Axis of(String title, Scale scale) {
    return new Axis(title, scale, Numbers::rough);
  }
}
