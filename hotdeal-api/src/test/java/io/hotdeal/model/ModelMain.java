package io.hotdeal.model;

import java.util.Locale;

/** Checks the protocol, or one shortcut by name, and prints what came out. */
final class ModelMain {

  private ModelMain() {}

  public static void main(String[] args) {
    if (args.length > 0) {
      print(args[0], Models.of(Shortcut.valueOf(args[0].toUpperCase(Locale.ROOT))));
    } else {
      Models.real().forEach(ModelMain::print);
    }
  }

  private static void print(String name, Model model) {
    long start = System.nanoTime();
    Checker.Report report = Checker.check(model);
    System.out.printf(
        "%s: %,d states, %d ms, %s%n",
        name, report.states(), (System.nanoTime() - start) / 1_000_000, report.violation());
    if (report.history() != null) {
      System.out.println(report.history());
    }
  }
}
