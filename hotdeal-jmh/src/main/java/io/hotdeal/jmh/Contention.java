package io.hotdeal.jmh;

import io.hotdeal.jmh.load.LoadModel;
import io.hotdeal.jmh.load.LoadProfile;
import io.hotdeal.jmh.load.Metric;
import io.hotdeal.jmh.load.Scenario;
import io.hotdeal.jmh.load.ScenarioParser;
import io.hotdeal.jmh.strategy.Strategies;
import io.hotdeal.jmh.strategy.StrategyFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The load generator: runs several strategies in interleaved rounds over the same stores, audits
 * what each of them sold, and prints the ratio of each to a baseline.
 *
 * <pre>
 *   java -cp hotdeal-jmh/target/benchmarks.jar io.hotdeal.jmh.Contention            under two minutes
 *   … Contention --strategies hotdeal-log,hotdeal-log/async --baseline row-lock --at-least 75
 *   … Contention --callers 1,10,50,150,500,1000 --deals 1,1000 --rtt 0,0.5,2       sweeps
 *   … Contention --rate 300                                                         an open loop
 *   … Contention --metric commits --at-most 20                                      calls per order
 *   … Contention fleet                                                              many instances
 *   … Contention idle                                        the housekeeping of instances that idle
 * </pre>
 */
@Command(
    name = "Contention",
    mixinStandardHelpOptions = true,
    description =
        "Sells a hot deal by several strategies, in interleaved rounds, and compares them.",
    subcommands = CommandLine.HelpCommand.class,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every figure is valid, and within its bound",
      "1:a figure is void",
      "2:an option is invalid",
      "3:a median is out of its bound"
    })
public final class Contention implements Callable<Integer> {

  @Mixin final RunOptions options = new RunOptions();

  @Option(
      names = "--strategies",
      split = ",",
      defaultValue = "hotdeal-log",
      description =
          "what is measured: names, each with what its load differs in, such as"
              + " hotdeal-log/async/deals=1000; default hotdeal-log")
  List<String> strategies = List.of();

  @Option(
      names = "--baseline",
      split = ",",
      defaultValue = "row-lock",
      description =
          "what each strategy is divided by, round by round; of several the fastest; default"
              + " row-lock")
  List<String> baselines = List.of();

  @Mixin final MetricOptions compared = new MetricOptions();

  @Option(
      names = "--rate",
      defaultValue = "0",
      description = "orders per second in an open loop; 0, the default: a closed loop")
  double rate;

  @Option(
      names = "--callers",
      split = ",",
      defaultValue = "150",
      description = "orders in flight at a time, several values for a sweep; default 150")
  List<Integer> callers = List.of();

  @Option(
      names = "--deals",
      split = ",",
      defaultValue = "1",
      description = "deals that the orders are spread over, several values for a sweep; default 1")
  List<Integer> deals = List.of();

  @Option(
      names = "--rtt",
      split = ",",
      defaultValue = "0",
      description = "milliseconds that a proxy adds to each round trip to a store; default 0")
  List<Double> roundTrips = List.of();

  @Option(
      names = "--stock",
      defaultValue = "0",
      description = "units of each deal; 0, the default: a deal never sells out")
  long stock;

  private final Function<String, StrategyFactory> factories;

  Contention(Function<String, StrategyFactory> factories) {
    this.factories = factories;
  }

  /** Runs it; ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine(Strategies::named).execute(args));
  }

  /**
   * The command line.
   *
   * @param strategies by name
   */
  static CommandLine commandLine(Function<String, StrategyFactory> strategies) {
    return new CommandLine(new Contention(strategies))
        .addSubcommand(new FleetCommand(strategies))
        .addSubcommand(new IdleCommand())
        .registerConverter(Duration.class, new Durations())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new InvalidOptionHandler());
  }

  @Override
  public Integer call() throws Exception {
    Metric metric = compared.metric;
    ContentionRun run = new ContentionRun(options, factories, metric.needsStatements());
    List<PlannedComparison> comparisons = new ArrayList<>();
    List<Scenario> scenarios = new ArrayList<>();
    for (LoadProfile profile : profiles()) {
      List<Scenario> bottoms = metric.isAbsolute() ? List.of() : scenarios(run, baselines, profile);
      List<Scenario> tops = scenarios(run, strategies, profile);
      Stream.concat(bottoms.stream(), tops.stream())
          .filter(it -> !scenarios.contains(it))
          .forEach(scenarios::add);
      comparisons.addAll(PlannedComparison.ofEach(tops, bottoms, metric, compared.toBound()));
    }
    return run.execute(scenarios, comparisons.stream().distinct().toList()).exitCode();
  }

  private List<LoadProfile> profiles() {
    List<LoadProfile> profiles = new ArrayList<>();
    for (int caller : callers) {
      for (int deal : deals) {
        for (double roundTrip : roundTrips) {
          LoadProfile closed =
              LoadProfile.closed(LoadModel.BLOCKING, caller)
                  .withDeals(deal)
                  .withRoundTripMillis(roundTrip)
                  .withStock(stock);
          profiles.add(rate == 0 ? closed : closed.withRate(rate));
        }
      }
    }
    return profiles;
  }

  private static List<Scenario> scenarios(
      ContentionRun run, List<String> texts, LoadProfile profile) {
    List<Scenario> scenarios =
        texts.stream().map(text -> ScenarioParser.parse(text, profile)).toList();
    scenarios.forEach(run::requireRunnable);
    return scenarios;
  }
}
