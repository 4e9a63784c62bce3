package io.hotdeal.model;

import java.util.Locale;

/**
 * Checks the real protocol, or the named shortcut, and prints the results: {@code java -cp ...
 * io.hotdeal.model.ModelMain [shortcut]}.
 */
final class ModelMain {

  private ModelMain() {}

  public static void main(String[] args) {
    if (args.length > 0) {
      print(args[0], Models.of(Shortcut.valueOf(args[0].toUpperCase(Locale.ROOT))));
    } else {
      print("largest", Models.largest());
      Models.larger().forEach(ModelMain::print);
      Models.others().forEach(ModelMain::print);
    }
  }

  private static void print(String name, Model model) {
    long start = System.nanoTime();
    Checker.Report report = Checker.check(model);
    System.out.printf(
        "%,12d states, %,7d ms, %s: %s%n",
        report.states(),
        (System.nanoTime() - start) / 1_000_000,
        report.history() == null ? "no violation" : "VIOLATED",
        name);
    if (report.history() != null) {
      System.out.println(report.history());
    }
  }
}
