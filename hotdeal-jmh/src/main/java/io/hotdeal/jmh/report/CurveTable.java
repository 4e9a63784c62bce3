package io.hotdeal.jmh.report;

import io.hotdeal.jmh.load.LoadProfile;
import io.hotdeal.jmh.load.Scenario;
import io.hotdeal.jmh.load.ScenarioResult;
import io.hotdeal.testkit.report.TextTable;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A curve as a table of text: a column for each number of instances, or of deals, and a row for
 * each strategy under a load that is the same but for that.
 */
record CurveTable(List<ScenarioResult> results, Over over) {

  private static final List<Over> ALL =
      List.of(
          new Over("instances", LoadProfile::instances, profile -> profile.withInstances(1)),
          new Over("deals", LoadProfile::deals, profile -> profile.withDeals(1)));

  /**
   * What the curve goes over.
   *
   * @param without the same load without it
   */
  record Over(String text, ToIntFunction<LoadProfile> value, UnaryOperator<LoadProfile> without) {

    private int of(ScenarioResult result) {
      return value.applyAsInt(result.scenario().profile());
    }

    /** The scenario without this part of its load. */
    private String label(ScenarioResult result) {
      Scenario scenario = result.scenario();
      return new Scenario(scenario.strategy(), without.apply(scenario.profile())).label();
    }
  }

  /** The rates and the latencies over each of instances and deals that varied. */
  static List<String> all(List<ScenarioResult> results) {
    return ALL.stream()
        .map(over -> new CurveTable(results, over))
        .filter(table -> table.columns().size() > 1)
        .flatMap(
            table ->
                Stream.of(
                    table.of("per s", it -> Numbers.whole(it.perSecond())),
                    table.of("p99 ms", it -> Numbers.short3(it.millis(99)))))
        .toList();
  }

  private List<Integer> columns() {
    return results.stream().map(over::of).distinct().sorted().toList();
  }

  private String of(String title, Function<ScenarioResult, String> figure) {
    String first = title + " over " + over.text;
    List<String> rows = results.stream().map(over::label).distinct().toList();
    return TextTable.of(
        row(first, column -> Numbers.count(column)),
        rows.stream().map(label -> row(label, column -> cell(label, column, figure))).toList());
  }

  private List<String> row(String first, Function<Integer, String> cell) {
    return Stream.concat(Stream.of(first), columns().stream().map(cell)).toList();
  }

  /** Empty where there is no result. */
  private String cell(String label, int column, Function<ScenarioResult, String> figure) {
    return results.stream()
        .filter(it -> over.of(it) == column && over.label(it).equals(label))
        .findFirst()
        .map(it -> it.isVoid() ? "VOID" : figure.apply(it))
        .orElse("");
  }
}
