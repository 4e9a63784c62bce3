package io.hotdeal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The model of the protocol")
class ModelTest {

  private static final int AT_LEAST = 5_000_000;

  @Test
  @DisplayName("holds for 2 units, 4 attempts, 2 losses of the counter, in all its states")
  void holdsInTheLargest() {
    Checker.Report report = Checker.check(Models.largest());

    print("%,d states, no violation: %s", report.states(), Models.largest());
    assertThat(report.history()).isNull();
    assertThat(report.violation()).isNull();
    assertThat(report.states()).isGreaterThanOrEqualTo(AT_LEAST);
  }

  static Stream<Arguments> others() {
    return Models.others().entrySet().stream()
        .map(each -> Arguments.of(each.getKey(), each.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  @DisplayName("holds where")
  void holds(String name, Model model) {
    Checker.Report report = Checker.check(model);

    print("%,d states, no violation: %s", report.states(), name);
    assertThat(report.history()).isNull();
    assertThat(report.states()).isGreaterThan(1_000);
  }

  @ParameterizedTest
  @EnumSource(mode = EXCLUDE, names = "NONE")
  @DisplayName("shows by a short history what goes wrong with")
  void findsEveryShortcut(Shortcut shortcut) {
    Checker.Report report = Checker.check(Models.of(shortcut));

    assertThat(report.violation()).isNotNull();
    print("%s%n%s", shortcut, report.history());
    assertThat(report.history().lines()).hasSizeBetween(4, 30);
  }

  static Stream<Model> modelsThatShow() {
    return Stream.of(Shortcut.values())
        .filter(shortcut -> shortcut != Shortcut.NONE)
        .map(shortcut -> Models.of(shortcut).with(Shortcut.NONE))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("modelsThatShow")
  @DisplayName("holds without the shortcut where that shows")
  void holdsWithoutTheShortcut(Model model) {
    assertThat(Checker.check(model).history()).isNull();
  }

  private static void print(String format, Object... values) {
    System.out.printf(format + "%n", values);
  }
}
