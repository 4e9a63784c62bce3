package io.hotdeal.jmh.report;

import io.hotdeal.jmh.load.Result;
import java.util.List;

/** A result as cells of a table. */
final class ResultRow {

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

  private ResultRow() {}

  static List<String> of(Result result) {
    return List.of(
        result.contestant().label(),
        Numbers.whole(result.perSecond()),
        Numbers.whole(result.least()),
        Numbers.short3(result.millis(50)),
        Numbers.short3(result.millis(99)),
        Numbers.short3(result.millis(100)),
        Numbers.count(result.sold()),
        Numbers.count(result.soldOut()),
        Numbers.count(result.errors()),
        Numbers.count(result.dropped()),
        Numbers.count(result.rows()),
        Numbers.count(result.storeCalls()),
        result.isVoid() ? "VOID" : "");
  }
}
