package io.hotdeal.jmh.report;

import io.hotdeal.testkit.report.TextTable;
import java.io.PrintStream;

/** The result of a run as text. */
public record ConsoleReport(RunResult result) {

  /** Prints it. */
  public void print(PrintStream out) {
    out.println();
    out.print(
        TextTable.of(
            ResultTable.HEADERS, result.scenarios().stream().map(ResultTable::row).toList()));
    out.println();
    CurveTable.all(result.scenarios()).forEach(out::println);
    result.comparisons().forEach(comparison -> out.println(ComparisonText.of(comparison)));
    out.println();
    result.environment().forEach((name, value) -> out.println(name + ": " + value));
    result.problems().forEach(problem -> out.println("VOID " + problem));
    if (result.isVoid()) {
      out.println("VOID: not every figure above is valid");
    }
  }
}
