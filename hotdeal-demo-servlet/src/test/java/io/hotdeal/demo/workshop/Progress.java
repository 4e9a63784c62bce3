package io.hotdeal.demo.workshop;

import java.util.Timer;
import java.util.TimerTask;

/** One line that says how far a crowd is, written over twice a second. */
final class Progress {

  private static final long PERIOD_MILLIS = 500;

  private final Timer timer = new Timer("progress", true);
  private final long start = System.nanoTime();
  private final String what;
  private final long total;
  private final Score score;

  /**
   * @param total requests in all; 0 if not known
   */
  Progress(String what, long total, Score score) {
    this.what = what;
    this.total = total;
    this.score = score;
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            print();
          }
        },
        0,
        PERIOD_MILLIS);
  }

  /** Prints the last state and ends the line. */
  void end() {
    timer.cancel();
    print();
    System.out.println();
  }

  private synchronized void print() {
    String of = total == 0 ? "" : " of " + total;
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "\r  %-28s %7d%s answered, %d sold, %.1f s   ",
        what, score.requests(), of, score.sold(), seconds);
    System.out.flush();
  }
}
