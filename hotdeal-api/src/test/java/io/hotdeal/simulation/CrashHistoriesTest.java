package io.hotdeal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.simulation.History.Bounds;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every history in which processes crash once or twice: before or after any call to a store or the
 * gateway, except those of the final resolver, with buyers who retry or do not.
 */
@DisplayName("In every history with crashes")
class CrashHistoriesTest {

  @ParameterizedTest(name = "{0} buyers, {1} crashes, events in any order: {2}")
  @CsvSource({
    "1, 1, true",
    "1, 2, true",
    "2, 1, true",
    "2, 2, false",
    "3, 1, false",
    "3, 2, false",
  })
  @DisplayName("nothing is oversold, no paid order is lost and no unit leaks:")
  void everyCrash(int buyers, int crashes, boolean anyOrder) {
    expectNoViolation(new Bounds(buyers, 0, crashes, anyOrder));
  }

  @ParameterizedTest(name = "{0} buyers, {1} who hold, {2} crashes, events in any order: {3}")
  @CsvSource({"0, 1, 1, true", "0, 1, 2, false", "1, 1, 1, false", "0, 2, 1, false"})
  @DisplayName("every payment of a held order buys it or is refunded, and no unit leaks:")
  void everyCrashOfHolds(int buyers, int holders, int crashes, boolean anyOrder) {
    expectNoViolation(new Bounds(buyers, holders, crashes, anyOrder));
  }

  @ParameterizedTest(name = "{0} buyers, {1} crashes, events in any order: {2}")
  @CsvSource({"3, 1, true", "2, 2, true"})
  @Tag("proof")
  @DisplayName("nothing is oversold, no paid order is lost and no unit leaks, in larger bounds:")
  void everyCrashInTheLongest(int buyers, int crashes, boolean anyOrder) {
    expectNoViolation(new Bounds(buyers, 0, crashes, anyOrder));
  }

  @ParameterizedTest(name = "{0} buyers, {1} who hold, {2} crashes, events in any order: {3}")
  @CsvSource({"0, 1, 2, true"})
  @Tag("proof")
  @DisplayName("every payment of a held order buys it or is refunded, in larger bounds:")
  void everyCrashOfHoldsInTheLongest(int buyers, int holders, int crashes, boolean anyOrder) {
    expectNoViolation(new Bounds(buyers, holders, crashes, anyOrder));
  }

  private static void expectNoViolation(Bounds bounds) {
    Choices.All choices = new Choices.All();
    long histories = 0;
    do {
      histories++;
      try {
        History.run(choices, bounds, null);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("after choices " + choices + ": " + e.getMessage(), e);
      }
      if (histories % 1_000_000 == 0) {
        System.out.printf("%,d so far: %s%n", histories, choices);
      }
    } while (choices.next());
    System.out.printf("crashes: %,d histories within %s, 0 violations%n", histories, bounds);
    assertThat(histories).isGreaterThan(10);
  }
}
