package io.hotdeal.demo.workshop;

import io.hotdeal.testkit.report.TextTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The workshop: runs the same event at every endpoint, and reports by one table and one page. */
final class WorkshopMain {

  private static final List<String> PATHS = List.of("/order", "/order-oracle", "/order-redis");

  private WorkshopMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    DemoMain.endWithParent();
    try {
      boolean sound = run(Options.of(System.getProperties()));
      System.exit(sound ? 0 : 1);
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println("hotdeal workshop: " + e.getMessage());
      System.exit(1);
    }
  }

  /** Returns whether all figures add up. */
  static boolean run(Options options) throws IOException, InterruptedException {
    try (WarServer server =
        WarServer.start("127.0.0.1", 0, options.war(), DemoMain.parameters(options))) {
      System.out.printf(
          "hotdeal workshop: %d orders from %d users for %d items, payment %d ms (simulated)%n",
          options.orders(), options.users(), options.stock(), options.paymentMillis());
      Event event = new Event(options, server.port());
      for (String path : PATHS) {
        event.rehearse(path);
      }
      List<EndpointResult> results = new ArrayList<>();
      for (String path : PATHS) {
        results.add(event.run(path));
      }
      return report(new Report(options, results, event.status()));
    }
  }

  private static boolean report(Report report) throws IOException {
    System.out.printf(
        "%n%s%n", TextTable.of(ResultTable.HEADERS, ResultTable.rows(report.results())));
    report.write();
    System.out.println("The payment is simulated. " + report.database());
    System.out.println(report.page().toUri());
    report.problems().forEach(problem -> System.out.println("WRONG: " + problem));
    return report.problems().isEmpty();
  }
}
