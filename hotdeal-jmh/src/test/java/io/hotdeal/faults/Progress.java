package io.hotdeal.faults;

import java.util.Locale;

/** Prints the progress of the harness, or nothing. */
interface Progress {

  Progress QUIET = line -> {};

  void say(String line);

  static Progress onStandardOutput() {
    long start = System.nanoTime();
    return line ->
        System.out.printf(Locale.ROOT, "  %6.1f s  %s%n", (System.nanoTime() - start) / 1e9, line);
  }

  default void say(Score score, int done, int of) {
    say(score.name() + ": " + done + " of " + of + ", " + score.verdict().brief());
  }
}
