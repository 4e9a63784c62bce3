package io.hotdeal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every history there is in which processes die once or twice: before or after any call to a store
 * or the gateway, the final resolver's not included, with buyers who come again or do not.
 */
@DisplayName("Exhaustively,")
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
  @DisplayName("no crash oversells, loses a paid order or leaks a unit:")
  void everyCrash(int buyers, int crashes, boolean anyOrder) {
    expectNoViolation(buyers, crashes, anyOrder);
  }

  @ParameterizedTest(name = "{0} buyers, {1} crashes, events in any order: {2}")
  @CsvSource({"3, 1, true", "2, 2, true"})
  @Tag("proof")
  @DisplayName("in the longest too no crash oversells, loses a paid order or leaks a unit:")
  void everyCrashInTheLongest(int buyers, int crashes, boolean anyOrder) {
    expectNoViolation(buyers, crashes, anyOrder);
  }

  private static void expectNoViolation(int buyers, int crashes, boolean anyOrder) {
    Choices.All choices = new Choices.All();
    long histories = 0;
    do {
      histories++;
      try {
        History.run(choices, buyers, crashes, anyOrder, null);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("after choices " + choices + ": " + e.getMessage(), e);
      }
      if (histories % 1_000_000 == 0) {
        System.out.printf("%,d so far: %s%n", histories, choices);
      }
    } while (choices.next());
    System.out.printf(
        "crashes: %,d histories of %d buyers and up to %d crashes, in %s order, 0 violations%n",
        histories, buyers, crashes, anyOrder ? "any" : "one");
    assertThat(histories).isGreaterThan(10);
  }
}
