package io.hotdeal.jmh;

import io.hotdeal.jmh.load.Comparison;
import io.hotdeal.jmh.load.ProcessRunner;
import io.hotdeal.jmh.load.Progress;
import io.hotdeal.jmh.load.RedisBenchmarkProgram;
import io.hotdeal.jmh.load.RoundResult;
import io.hotdeal.jmh.load.Rounds;
import io.hotdeal.jmh.load.RunStores;
import io.hotdeal.jmh.load.Scenario;
import io.hotdeal.jmh.load.ScenarioRunner;
import io.hotdeal.jmh.load.StrategyRunner;
import io.hotdeal.jmh.report.ConsoleReport;
import io.hotdeal.jmh.report.HtmlReport;
import io.hotdeal.jmh.report.JsonReport;
import io.hotdeal.jmh.report.Machine;
import io.hotdeal.jmh.report.RunResult;
import io.hotdeal.jmh.strategy.StrategyFactory;
import io.hotdeal.jmh.strategy.StrategyFactory.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One run of the load generator: its stores, rounds, comparisons and reports. */
final class ContentionRun {

  /** What a run came to; a void figure outranks a missed bound. */
  enum Verdict {
    VALID(0),
    VOID(1),
    OUT_OF_BOUND(3);

    private final int exitCode;

    Verdict(int exitCode) {
      this.exitCode = exitCode;
    }

    int exitCode() {
      return exitCode;
    }
  }

  private final RunOptions options;
  private final Function<String, StrategyFactory> strategies;
  private final boolean countStatements;
  private boolean inProcesses;
  private final Progress progress = new Progress(System.err);

  /**
   * A run.
   *
   * @param strategies by name
   * @param countStatements whether commits and round trips are counted, which costs time
   */
  ContentionRun(
      RunOptions options, Function<String, StrategyFactory> strategies, boolean countStatements) {
    this.options = options;
    this.strategies = strategies;
    this.countStatements = countStatements;
  }

  /**
   * Each instance runs in a JVM of its own; returns this.
   *
   * @throws IllegalArgumentException if they cannot share the database
   */
  ContentionRun inProcesses() {
    if (options.database.equals("h2")) {
      throw new IllegalArgumentException(
          "--database h2 is within one JVM: no other process has it");
    }
    inProcesses = true;
    return this;
  }

  /**
   * Checks that a scenario can run.
   *
   * @throws IllegalArgumentException if there is no such strategy, or it is asked for asynchronous
   *     orders and only blocks
   */
  void requireRunnable(Scenario scenario) {
    boolean canBeAsync =
        !isRedisBenchmark(scenario)
            && strategies.apply(scenario.strategy()).promises().contains(Promise.ASYNC);
    if (scenario.profile().model().isAsync() && !canBeAsync) {
      throw new IllegalArgumentException(scenario.strategy() + " only blocks, it is never async");
    }
  }

  /** Runs all scenarios and writes the reports. */
  Verdict execute(List<Scenario> scenarios, List<PlannedComparison> comparisons)
      throws IOException, InterruptedException {
    RunResult result = measure(scenarios, comparisons);
    show(result);
    if (result.isVoid()) {
      return Verdict.VOID;
    }
    boolean missed = result.comparisons().stream().anyMatch(Comparison::isMissed);
    return missed ? Verdict.OUT_OF_BOUND : Verdict.VALID;
  }

  private RunResult measure(List<Scenario> scenarios, List<PlannedComparison> comparisons)
      throws InterruptedException {
    Rounds rounds = options.toRounds();
    int most = scenarios.stream().mapToInt(it -> it.profile().instances()).max().orElse(1);
    try (RunStores stores = new RunStores(options.database, options.redis, countStatements);
        ProcessRunner processes = new ProcessRunner(strategies, stores, progress, most)) {
      RedisBenchmarkProgram program = new RedisBenchmarkProgram(options.redisBenchmark, stores);
      List<Scenario> present = scenarios.stream().filter(it -> isPresent(it, program)).toList();
      List<RoundResult> results = rounds.run(present, runner(stores, program, processes), progress);
      return new RunResult(
          environment(stores, rounds),
          results,
          comparisons.stream()
              .filter(it -> it.isWithin(present))
              .map(it -> it.of(results))
              .toList());
    }
  }

  private Map<String, String> environment(RunStores stores, Rounds rounds) {
    Map<String, String> environment = new LinkedHashMap<>(Machine.facts(stores));
    environment.put("Instances", inProcesses ? "each in a JVM of its own" : "in one JVM");
    environment.put("Rounds", rounds.describe());
    environment.put("Command", options.commandLine());
    return environment;
  }

  private ScenarioRunner runner(
      RunStores stores, RedisBenchmarkProgram program, ProcessRunner processes) {
    ScenarioRunner runner =
        inProcesses ? processes : new StrategyRunner(strategies, stores, progress);
    return (scenario, round, leadIn, time) ->
        (isRedisBenchmark(scenario) ? program : runner).run(scenario, round, leadIn, time);
  }

  private boolean isPresent(Scenario scenario, RedisBenchmarkProgram program) {
    boolean present = !isRedisBenchmark(scenario) || program.isInstalled();
    if (!present) {
      progress.say(
          RedisBenchmarkProgram.NAME
              + " is skipped: there is no program "
              + options.redisBenchmark
              + "; --redis-benchmark PATH says where it is");
    }
    return present;
  }

  private static boolean isRedisBenchmark(Scenario scenario) {
    return scenario.strategy().equals(RedisBenchmarkProgram.NAME);
  }

  private void show(RunResult result) throws IOException {
    new ConsoleReport(result).print(System.out);
    write(options.json, new JsonReport(result)::text);
    write(options.html, new HtmlReport(result)::text);
    if (options.chart != null) {
      Files.write(options.chart, new HtmlReport(result).chart());
    }
  }

  private static void write(@Nullable Path file, Text text) throws IOException {
    if (file != null) {
      Files.writeString(file, text.get());
    }
  }

  private interface Text {
    String get() throws IOException;
  }
}
