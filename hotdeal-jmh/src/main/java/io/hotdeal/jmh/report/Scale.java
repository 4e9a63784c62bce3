package io.hotdeal.jmh.report;

import java.util.ArrayList;
import java.util.List;

/** Where values lie along an axis, from 0 to 1. */
sealed interface Scale {

  double position(double value);

  /** The values that get a line and a label. */
  List<Double> ticks();

  /** Equal factors are equal distances: from the power of ten below to the one above. */
  record Log(double min, double max) implements Scale {

    static Log of(double least, double most) {
      double low = Math.floor(Math.log10(Math.max(least, 1e-6)));
      double high = Math.ceil(Math.log10(Math.max(most, 1e-6)));
      return new Log(Math.pow(10, low), Math.pow(10, Math.max(high, low + 1)));
    }

    @Override
    public double position(double value) {
      return Math.log(Math.max(value, min) / min) / Math.log(max / min);
    }

    @Override
    public List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      long decades = Math.round(Math.log10(max / min));
      for (int i = 0; i <= decades; i++) {
        ticks.add(min * Math.pow(10, i));
      }
      return ticks;
    }
  }

  /** From zero, in steps of 1, 2 or 5. */
  record Linear(double max, double step) implements Scale {

    static Linear of(double most) {
      double rough = Math.max(most, 1e-9) / 5;
      double power = Math.pow(10, Math.floor(Math.log10(rough)));
      double step = power * (rough / power <= 1 ? 1 : rough / power <= 2 ? 2 : 5);
      step = rough / power > 5 ? power * 10 : step;
      return new Linear(Math.ceil(most / step - 1e-9) * step, step);
    }

    @Override
    public double position(double value) {
      return value / max;
    }

    @Override
    public List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      for (long i = 0; i <= Math.round(max / step); i++) {
        ticks.add(i * step);
      }
      return ticks;
    }
  }
}
