package io.hotdeal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Histories of the real HotDeal: the same ones in each run, and a quarter more from a fresh seed.
 * {@code mvn -Pproof test -pl hotdeal-api -Dtest=SimulationTest} runs millions, with {@code
 * -Dsimulation.histories=20000000} for more, from {@code -Dsimulation.first} on; {@code
 * -Dsimulation.seed=N} replays one and prints its events.
 */
@DisplayName("In simulated histories")
class SimulationTest {

  private static final long HISTORIES = Long.getLong("simulation.histories", 200_000);
  private static final long FIRST = Long.getLong("simulation.first", 0);

  /** The first fresh seed, far beyond the seeds that are the same in each run. */
  private static final long FIRST_FRESH =
      Long.getLong("simulation.fresh", ThreadLocalRandom.current().nextLong(1L << 40, 1L << 62));

  private static final int ENOUGH_TO_FIND_A_FLAW = 100_000;

  @Test
  @DisplayName("nothing is oversold, no paid order is lost and no unit leaks")
  void everyHistory() {
    Long seed = Long.getLong("simulation.seed");
    if (seed != null) {
      replay(seed);
      return;
    }
    expectNoViolation(FIRST, HISTORIES);
    System.out.printf("simulation: a fresh seed, again by -Dsimulation.fresh=%d%n", FIRST_FRESH);
    expectNoViolation(FIRST_FRESH, HISTORIES / 4);
  }

  private static void expectNoViolation(long first, long histories) {
    long started = System.nanoTime();
    LongStream.range(first, first + histories)
        .parallel()
        .forEach(SimulationTest::expectNoViolation);
    System.out.printf(
        "simulation: %,d histories from seed %d on in %.1f s, 0 violations%n",
        histories, first, (System.nanoTime() - started) / 1e9);
  }

  private static void expectNoViolation(long seed) {
    try {
      History.run(seed, Flaw.NONE, null);
    } catch (RuntimeException | Error e) {
      throw new AssertionError("-Dsimulation.seed=" + seed + ": " + e.getMessage(), e);
    }
  }

  private static void replay(long seed) {
    List<String> trace = new ArrayList<>();
    try {
      History.run(seed, Flaw.NONE, trace);
    } finally {
      System.out.println("history " + seed);
      trace.forEach(System.out::println);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  @DisplayName("a violation with its history is found for each built-in flaw:")
  void flaws(Flaw flaw) {
    List<String> trace = new ArrayList<>();
    String found = null;
    for (long seed = 0; found == null && seed < ENOUGH_TO_FIND_A_FLAW; seed++) {
      trace.clear();
      try {
        History.run(seed, flaw, trace);
      } catch (AssertionError e) {
        found = "history " + seed + ": " + e.getMessage();
      }
    }
    assertThat(found).as("a violation because of %s", flaw).isNotNull();
    assertThat(trace).isNotEmpty();
    System.out.println(flaw + ", " + found);
  }
}
