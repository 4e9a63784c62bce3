package io.hotdeal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Millions of histories of the real desk: {@code mvn test -pl hotdeal-api -Dtest=SimulationTest
 * -Dsimulation.histories=20000000} for more of them, from {@code -Dsimulation.first} on; {@code
 * -Dsimulation.seed=N} replays one and tells what happens in it.
 */
@DisplayName("In a simulated world")
class SimulationTest {

  private static final long HISTORIES = Long.getLong("simulation.histories", 2_000_000);
  private static final long FIRST = Long.getLong("simulation.first", 0);
  private static final int ENOUGH_TO_FIND_A_FLAW = 100_000;

  @Test
  @DisplayName("no history oversells, loses a paid order or leaks a unit")
  void everyHistory() {
    Long seed = Long.getLong("simulation.seed");
    if (seed != null) {
      replay(seed);
      return;
    }
    long started = System.nanoTime();
    LongStream.range(FIRST, FIRST + HISTORIES)
        .parallel()
        .forEach(
            each -> {
              try {
                History.run(each, Flaw.NONE, null);
              } catch (RuntimeException | Error e) {
                throw new AssertionError("-Dsimulation.seed=" + each + ": " + e.getMessage(), e);
              }
            });
    System.out.printf(
        "simulation: %,d histories in %.1f s, 0 violations%n",
        HISTORIES, (System.nanoTime() - started) / 1e9);
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
  @DisplayName("a flaw is found, and told as a history: ")
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
