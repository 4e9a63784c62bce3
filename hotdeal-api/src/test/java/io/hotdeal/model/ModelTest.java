package io.hotdeal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The model of the protocol")
class ModelTest {

  private static final int AT_LEAST = 1_000_000;
  private static final int AT_LEAST_IN_THE_LARGEST = 5_000_000;

  @Test
  @Tag("proof")
  @DisplayName("has no violation in any state with 2 units, 4 attempts and 2 losses of the counter")
  void holdsInTheLargest() {
    assertThat(statesOf("the largest", Models.largest()))
        .isGreaterThanOrEqualTo(AT_LEAST_IN_THE_LARGEST);
  }

  @Test
  @DisplayName("has no violation in any state with 2 units, 3 attempts and 1 loss of the counter")
  void holdsInALargeOne() {
    assertThat(statesOf("a large one", Models.large())).isGreaterThanOrEqualTo(AT_LEAST);
  }

  static Stream<Arguments> others() {
    return arguments(Models.others());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  @DisplayName("has no violation in smaller bounds:")
  void holds(String name, Model model) {
    assertThat(statesOf(name, model)).isGreaterThan(1_000);
  }

  static Stream<Arguments> larger() {
    return arguments(Models.larger());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("larger")
  @Tag("proof")
  @DisplayName("has no violation in larger bounds:")
  void holdsInLargerBounds(String name, Model model) {
    assertThat(statesOf(name, model)).isGreaterThan(AT_LEAST);
  }

  @ParameterizedTest
  @EnumSource(mode = EXCLUDE, names = "NONE")
  @DisplayName("has a violation with a short history for each built-in mistake:")
  void findsEveryShortcut(Shortcut shortcut) {
    Checker.Report report = Checker.check(Models.of(shortcut));

    assertThat(report.violation()).isNotNull();
    print("%s%n%s", shortcut, report.history());
    assertThat(report.history().lines()).hasSizeBetween(4, 30);
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "CANCEL_BEFORE_REFUND"})
  @DisplayName("has a violation if the log refuses PAID and then accepts it, in either order:")
  void acceptsPaidLater(Shortcut shortcut) {
    Checker.Report report = Checker.check(Models.acceptsPaidLater().with(shortcut));

    print("accepts PAID later, %s%n%s", shortcut, report.history());
    assertThat(report.violation())
        .contains(shortcut == Shortcut.NONE ? "its money is REFUNDED" : "nobody will ever look");
  }

  static Stream<Model> modelsThatShow() {
    return Stream.of(Shortcut.values())
        .filter(shortcut -> shortcut != Shortcut.NONE)
        .map(shortcut -> Models.of(shortcut).with(Shortcut.NONE))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("modelsThatShow")
  @DisplayName("has no violation in the same bounds without the mistake:")
  void holdsWithoutTheShortcut(Model model) {
    assertThat(Checker.check(model).history()).isNull();
  }

  private static Stream<Arguments> arguments(Map<String, Model> models) {
    return models.entrySet().stream().map(each -> Arguments.of(each.getKey(), each.getValue()));
  }

  /** The number of all reachable states, none of which violates anything. */
  private static int statesOf(String name, Model model) {
    Checker.Report report = Checker.check(model);
    assertThat(report.history()).isNull();
    assertThat(report.violation()).isNull();
    print("%,d states, no violation: %s: %s", report.states(), name, model);
    return report.states();
  }

  private static void print(String format, Object... values) {
    System.out.printf(format + "%n", values);
  }
}
