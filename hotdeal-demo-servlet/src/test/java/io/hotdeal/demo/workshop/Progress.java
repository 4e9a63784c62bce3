package io.hotdeal.demo.workshop;

import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;

/**
 * One line with the progress of the requests: overwritten twice a second on a terminal, elsewhere
 * printed once, at the end.
 */
final class Progress {

  private static final long PERIOD_MILLIS = 500;

  private final boolean terminal = Terminal.isThere();
  private final Timer timer = new Timer("progress", true);
  private final long start = System.nanoTime();
  private final String what;
  private final long total;
  private final Score score;

  /**
   * @param total number of all requests; 0 if not known
   */
  Progress(String what, long total, Score score) {
    this.what = what;
    this.total = total;
    this.score = score;
    if (terminal) {
      timer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              print("\r", "   ");
            }
          },
          0,
          PERIOD_MILLIS);
    }
  }

  /** Prints the last state and ends the line. */
  void end() {
    timer.cancel();
    print(terminal ? "\r" : "", System.lineSeparator());
  }

  private synchronized void print(String before, String after) {
    String of = total == 0 ? "" : " of " + total;
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%s  %-28s %7d%s answered, %d sold, %.1f s%s",
        before,
        what,
        score.requests(),
        of,
        score.sold(),
        seconds,
        after);
    System.out.flush();
  }
}
