package io.hotdeal.jmh.report;

import io.hotdeal.jmh.load.Comparison;
import io.hotdeal.jmh.load.Result;
import java.io.PrintStream;
import java.util.List;

/** The outcome as text. */
public record ConsoleReport(Outcome outcome) {

  public void print(PrintStream out) {
    out.println();
    out.print(results());
    out.println();
    outcome.comparisons().forEach(comparison -> out.println(line(comparison)));
    out.println();
    outcome.environment().forEach((name, value) -> out.println(name + ": " + value));
    for (Result result : outcome.results()) {
      result.problems().forEach(it -> out.println("VOID " + result.contestant() + ": " + it));
    }
    if (outcome.isVoid()) {
      out.println("VOID: not every figure above holds");
    }
  }

  private String results() {
    ConsoleTable table = new ConsoleTable();
    table.add(
        "",
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
        "calls",
        "");
    for (Result result : outcome.results()) {
      table.add(
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
    return table.text();
  }

  /** One comparison: median, worst, and every round. */
  static String line(Comparison comparison) {
    List<String> rounds = comparison.ratios().stream().map(Numbers::short3).toList();
    return comparison.top()
        + " / "
        + comparison.bottom()
        + switch (comparison.metric()) {
          case PER_SECOND -> "";
          case P50 -> ", p50";
          case P99 -> ", p99";
        }
        + ": median "
        + Numbers.short3(comparison.median())
        + (comparison.metric().isMoreBetter() ? "x, minimum " : "x, maximum ")
        + Numbers.short3(comparison.worst())
        + "x, rounds "
        + String.join(" ", rounds)
        + (comparison.isVoid() ? "  VOID" : "");
  }
}
