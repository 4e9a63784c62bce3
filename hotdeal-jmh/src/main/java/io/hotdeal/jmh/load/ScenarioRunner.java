package io.hotdeal.jmh.load;

import java.time.Duration;

/** Runs one scenario for one round. */
@FunctionalInterface
public interface ScenarioRunner {

  /**
   * Runs it; blocks until the last answer.
   *
   * @param round 1 for the first round, 0 for a warm-up
   * @param leadIn how long answers are not counted at first
   * @param time how long they are counted after that
   */
  RoundResult run(Scenario scenario, int round, Duration leadIn, Duration time)
      throws InterruptedException;
}
