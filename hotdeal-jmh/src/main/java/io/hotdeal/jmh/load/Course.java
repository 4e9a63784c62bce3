package io.hotdeal.jmh.load;

import java.time.Duration;

/** Where one contestant runs for a while. */
@FunctionalInterface
public interface Course {

  /**
   * Runs it.
   *
   * @param round for the record; 0 while warming up
   * @param leadIn for so long answers are not counted yet
   */
  Slice run(Contestant contestant, int round, Duration leadIn, Duration time)
      throws InterruptedException;
}
