package io.hotdeal.faults;

import java.nio.file.Path;
import java.util.List;

/**
 * Injects all faults, prints what they did, and fails if anything was oversold, lost or leaked:
 * {@code mvn -Pfaults verify}.
 */
final class FaultsMain {

  private FaultsMain() {}

  public static void main(String[] args) throws Exception {
    long start = System.nanoTime();
    Options options = Options.fromSystemProperties();
    Progress progress = Progress.onStandardOutput();
    Report report;
    try (Stage stage = new Stage()) {
      progress.say("red first: each safeguard off, to be seen in the books");
      List<RedFirst.Proof> proofs = options.redFirst() ? new RedFirst(stage).run() : List.of();
      proofs.forEach(it -> progress.say(it.off() + " off: " + it.damage() + " " + it.figure()));
      Scenarios scenarios = new Scenarios(stage, options, progress);
      report = new Report(proofs, scenarios.run(), (System.nanoTime() - start) / 1e9);
    }
    Path file = Path.of(System.getProperty("faults.report", "target/faults/report.json"));
    report.write(file);
    System.out.println("\n" + report.table());
    System.out.println("written to " + file.toAbsolutePath());
    report.problems().forEach(problem -> System.out.println("PROBLEM: " + problem));
    System.exit(report.problems().isEmpty() ? 0 : 1);
  }
}
