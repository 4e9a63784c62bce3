package io.hotdeal.jmh;

import io.hotdeal.jmh.load.LoadModel;
import io.hotdeal.jmh.load.LoadProfile;
import io.hotdeal.jmh.load.Metric;
import io.hotdeal.jmh.load.Scenario;
import io.hotdeal.jmh.load.ScenarioParser;
import io.hotdeal.jmh.strategy.StrategyFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The load of a fleet: the same callers over one instance of a strategy, and over more and more of
 * them, each with pools of its own over the same stores.
 *
 * <pre>
 *   … Contention fleet                                                          some seven minutes
 *   … Contention fleet --strategies hotdeal-log --instances 1,16 --at-least 0.6
 *   … Contention fleet --strategies hotdeal-log --instances 50 --baseline skip-locked --metric p99
 *   … Contention fleet --instances 1 --deals 1,10,100,1000
 *   … Contention fleet --processes --instances 1,16
 * </pre>
 */
@Command(
    name = "fleet",
    mixinStandardHelpOptions = true,
    description =
        "Sells by one to many instances of a strategy, each with pools of its own, and compares"
            + " them.")
final class FleetCommand implements Callable<Integer> {

  @Mixin final RunOptions options = new RunOptions();

  @Option(
      names = "--strategies",
      split = ",",
      defaultValue =
          "hotdeal-log,hotdeal-log/async/callers=2000,conditional-update,row-lock,skip-locked",
      description =
          "what is measured: names, each with what its load differs in; default ${DEFAULT-VALUE}")
  List<String> strategies = List.of();

  @Option(
      names = "--instances",
      split = ",",
      defaultValue = "1,4,16,50",
      description = "numbers of instances; default ${DEFAULT-VALUE}")
  List<Integer> instances = List.of();

  @Option(
      names = "--callers",
      split = ",",
      defaultValue = "150",
      description =
          "orders in flight at a time, spread evenly over the instances, several values for a"
              + " sweep; default 150")
  List<Integer> callers = List.of();

  @Option(
      names = "--deals",
      split = ",",
      defaultValue = "1",
      description = "deals that the orders are spread over, several values for a sweep; default 1")
  List<Integer> deals = List.of();

  @Option(
      names = "--baseline",
      split = ",",
      description =
          "what each strategy is divided by, in as many instances; of several the fastest; default"
              + " itself in the first number of instances")
  List<String> baselines = List.of();

  @Option(
      names = "--processes",
      description = "each instance in a small JVM of its own; they stay until the end of the run")
  boolean processes;

  @Mixin final MetricOptions compared = new MetricOptions();

  private final Function<String, StrategyFactory> factories;
  private final List<Scenario> scenarios = new ArrayList<>();
  private final List<PlannedComparison> comparisons = new ArrayList<>();

  FleetCommand(Function<String, StrategyFactory> factories) {
    this.factories = factories;
  }

  @Override
  public Integer call() throws Exception {
    ContentionRun run = new ContentionRun(options, factories, compared.metric.needsStatements());
    for (int deal : deals) {
      for (int caller : callers) {
        plan(LoadProfile.closed(LoadModel.BLOCKING, caller).withDeals(deal));
      }
    }
    scenarios.forEach(run::requireRunnable);
    if (processes) {
      run.inProcesses();
    }
    return run.execute(scenarios, comparisons.stream().distinct().toList()).exitCode();
  }

  /** Strategies are run one after the other in so many instances, then in the next number. */
  private void plan(LoadProfile profile) {
    Metric metric = compared.metric;
    for (int count : instances) {
      LoadProfile fleet = profile.withInstances(count);
      List<Scenario> tops = scenarios(strategies, fleet);
      List<Scenario> bottoms = metric.isAbsolute() ? List.of() : scenarios(baselines, fleet);
      Stream.concat(bottoms.stream(), tops.stream())
          .filter(it -> !scenarios.contains(it))
          .forEach(scenarios::add);
      if (metric.isAbsolute() || !bottoms.isEmpty()) {
        comparisons.addAll(PlannedComparison.ofEach(tops, bottoms, metric, compared.toBound()));
      } else {
        tops.forEach(this::planAgainstTheFirst);
      }
    }
  }

  private void planAgainstTheFirst(Scenario scenario) {
    Scenario first = scenario.withInstances(instances.get(0));
    comparisons.addAll(
        PlannedComparison.ofEach(
            List.of(scenario), List.of(first), compared.metric, compared.toBound()));
  }

  private static List<Scenario> scenarios(List<String> texts, LoadProfile profile) {
    return texts.stream().map(text -> ScenarioParser.parse(text, profile)).toList();
  }
}
