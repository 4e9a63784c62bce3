package io.hotdeal.jmh.report;

import io.hotdeal.jmh.load.Result;
import java.io.PrintStream;

/** The outcome as text. */
public record ConsoleReport(Outcome outcome) {

  /** Prints it. */
  public void print(PrintStream out) {
    out.println();
    out.print(table());
    out.println();
    outcome.comparisons().forEach(comparison -> out.println(Lines.of(comparison)));
    out.println();
    outcome.environment().forEach((name, value) -> out.println(name + ": " + value));
    for (Result result : outcome.results()) {
      result.problems().forEach(it -> out.println("VOID " + result.contestant() + ": " + it));
    }
    if (outcome.isVoid()) {
      out.println("VOID: not every figure above holds");
    }
  }

  private String table() {
    ConsoleTable table = new ConsoleTable();
    table.add(ResultRow.HEADERS);
    outcome.results().stream().map(ResultRow::of).forEach(table::add);
    return table.text();
  }
}
