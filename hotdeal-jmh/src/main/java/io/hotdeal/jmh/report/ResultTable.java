package io.hotdeal.jmh.report;

import io.hotdeal.jmh.load.RoundResult;
import io.hotdeal.jmh.load.ScenarioResult;
import java.util.List;

/** The results of scenarios as cells of a table. */
final class ResultTable {

  static final List<String> HEADERS =
      List.of(
          "strategy @callers",
          "per s",
          "least",
          "p50 ms",
          "p99 ms",
          "max ms",
          "sold",
          "sold out",
          "errors",
          "dropped",
          "rows",
          "store calls",
          "");

  private ResultTable() {}

  static List<String> row(ScenarioResult result) {
    return List.of(
        result.scenario().label(),
        Numbers.whole(result.perSecond()),
        Numbers.whole(result.leastPerSecond()),
        Numbers.short3(result.millis(50)),
        Numbers.short3(result.millis(99)),
        Numbers.short3(result.millis(100)),
        Numbers.count(result.sum(RoundResult::sold)),
        Numbers.count(result.sum(RoundResult::soldOut)),
        Numbers.count(result.sum(RoundResult::errors)),
        Numbers.count(result.sum(RoundResult::dropped)),
        Numbers.count(result.sum(RoundResult::rows)),
        Numbers.count(result.sum(round -> round.storeCalls().total())),
        result.isVoid() ? "VOID" : "");
  }
}
