package io.hotdeal.jmh;

import io.hotdeal.jmh.load.Comparison;
import io.hotdeal.jmh.load.Contestant;
import io.hotdeal.jmh.load.Course;
import io.hotdeal.jmh.load.Progress;
import io.hotdeal.jmh.load.RedisBenchmark;
import io.hotdeal.jmh.load.Rounds;
import io.hotdeal.jmh.load.RunStores;
import io.hotdeal.jmh.load.Slice;
import io.hotdeal.jmh.load.StrategyCourse;
import io.hotdeal.jmh.report.ConsoleReport;
import io.hotdeal.jmh.report.HtmlReport;
import io.hotdeal.jmh.report.JsonReport;
import io.hotdeal.jmh.report.Machine;
import io.hotdeal.jmh.report.Outcome;
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

/** One run: stores, rounds, comparisons, reports. */
final class Run {

  private final RunOptions options;
  private final Function<String, StrategyFactory> strategies;
  private final Progress progress = new Progress(System.err);
  private boolean isAnyMissed;

  /**
   * A run.
   *
   * @param strategies by their names
   */
  Run(RunOptions options, Function<String, StrategyFactory> strategies) {
    this.options = options;
    this.strategies = strategies;
  }

  /** Whether a comparison of the last run did not reach what it must. */
  boolean isAnyMissed() {
    return isAnyMissed;
  }

  boolean canBeAsync(String strategy) {
    return !strategy.equals(RedisBenchmark.NAME)
        && strategies.apply(strategy).promises().contains(Promise.ASYNC);
  }

  /**
   * Says nothing if it can run.
   *
   * @throws IllegalArgumentException if there is no such strategy, or it cannot be driven so
   */
  void requireRunnable(Contestant contestant) {
    boolean can = canBeAsync(contestant.strategy());
    if (contestant.shape().drive().isAsync() && !can) {
      throw new IllegalArgumentException(contestant.strategy() + " only blocks, it is never async");
    }
  }

  /** Runs them all, shows the outcome, and answers the exit code: 1 if a figure is void. */
  int execute(List<Contestant> contestants, List<Pairing> pairings)
      throws IOException, InterruptedException {
    Outcome outcome = outcome(contestants, pairings);
    show(outcome);
    isAnyMissed = outcome.comparisons().stream().anyMatch(Comparison::isMissed);
    return outcome.isVoid() ? 1 : 0;
  }

  Outcome outcome(List<Contestant> contestants, List<Pairing> pairings)
      throws InterruptedException {
    Rounds rounds = options.toRounds();
    try (RunStores stores = new RunStores(options.database, options.redis)) {
      RedisBenchmark reference = new RedisBenchmark(options.redisBenchmark, stores);
      List<Contestant> present =
          contestants.stream().filter(it -> isPresent(it, reference)).toList();
      List<Slice> slices = rounds.run(present, course(stores, reference), progress);
      return new Outcome(
          facts(stores, rounds),
          slices,
          pairings.stream()
              .filter(it -> present.contains(it.top()) && present.containsAll(it.bottoms()))
              .map(it -> it.of(slices))
              .toList());
    }
  }

  private Map<String, String> facts(RunStores stores, Rounds rounds) {
    Map<String, String> facts = new LinkedHashMap<>(Machine.facts(stores));
    facts.put("Rounds", rounds.describe());
    facts.put("Command", options.commandLine());
    return facts;
  }

  private Course course(RunStores stores, RedisBenchmark reference) {
    Course course = new StrategyCourse(strategies, stores, progress);
    return (contestant, round, leadIn, time) ->
        (contestant.strategy().equals(RedisBenchmark.NAME) ? reference : course)
            .run(contestant, round, leadIn, time);
  }

  private boolean isPresent(Contestant contestant, RedisBenchmark reference) {
    boolean present = !contestant.strategy().equals(RedisBenchmark.NAME) || reference.isInstalled();
    if (!present) {
      progress.say(
          RedisBenchmark.NAME
              + " is skipped: there is no program "
              + options.redisBenchmark
              + "; --redis-benchmark PATH says where it is");
    }
    return present;
  }

  private void show(Outcome outcome) throws IOException {
    new ConsoleReport(outcome).print(System.out);
    write(options.json, new JsonReport(outcome)::text);
    write(options.html, new HtmlReport(outcome)::text);
    write(options.svg, new HtmlReport(outcome)::svg);
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
