package io.hotdeal.jmh.load;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Prints what runs now, and its rate so far. */
public final class Progress {

  private static final long NANOS = 1_000_000_000L;

  private final PrintStream out;
  private String what = "";

  public Progress(PrintStream out) {
    this.out = out;
  }

  /** Sets what runs from now on. */
  public void begin(String next) {
    what = next;
  }

  /** Prints a line. */
  public void say(String text) {
    out.println(text);
  }

  /** Prints the rate of what has run, if it was not watched. */
  void end(double perSecond) {
    out.printf(Locale.ROOT, "%s: %,.0f/s%n", what, perSecond);
  }

  /** Prints the rate every two seconds until the window ends; blocks. */
  void watch(Window window, LongSupplier answered) throws InterruptedException {
    long startedAt = System.nanoTime();
    long before = answered.getAsLong();
    for (long at = startedAt; at - window.ends() < 0; ) {
      at = Math.min(at + 2 * NANOS, window.ends());
      Schedule.waitUntil(at);
      double seconds = Math.max(1, System.nanoTime() - startedAt) / (double) NANOS;
      double rate = (answered.getAsLong() - before) / seconds;
      out.printf(Locale.ROOT, "%s: %,.0f/s after %.1f s%n", what, rate, seconds);
    }
  }
}
