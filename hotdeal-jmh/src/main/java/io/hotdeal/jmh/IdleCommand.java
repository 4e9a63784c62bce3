package io.hotdeal.jmh;

import io.hotdeal.jmh.load.IdleFleet;
import io.hotdeal.jmh.load.IdleFleet.Calls;
import io.hotdeal.jmh.load.RunStores;
import io.hotdeal.jmh.report.Machine;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The calls of instances that sell nothing, and each run a resolver over the same deals: counted,
 * not timed.
 *
 * <pre>
 *   … Contention idle                                                         some twelve minutes
 *   … Contention idle --instances 1,2,50 --deals 1000 --period 1s --time 1m
 * </pre>
 */
@Command(
    name = "idle",
    mixinStandardHelpOptions = true,
    description = "Counts the store calls of idle instances that each run a resolver.")
final class IdleCommand implements Callable<Integer> {

  private static final int OUT_OF_BOUND = 3;
  private static final int MOST_DEALS = 1_000_000;
  private static final int MOST_INSTANCES = 1_000;

  @Option(
      names = "--instances",
      split = ",",
      defaultValue = "1,50",
      description = "numbers of instances; default ${DEFAULT-VALUE}")
  List<Integer> instances = List.of();

  @Option(
      names = "--deals",
      defaultValue = "10000",
      description = "open deals without orders; default ${DEFAULT-VALUE}")
  int deals;

  @Option(
      names = "--period",
      defaultValue = "10s",
      description = "of the resolvers; default ${DEFAULT-VALUE}")
  Duration period = Duration.ZERO;

  @Option(
      names = "--warmup",
      defaultValue = "30s",
      description = "how long the instances run before their calls count; default 30s")
  Duration warmUp = Duration.ZERO;

  @Option(
      names = "--time",
      defaultValue = "5m",
      description = "how long their calls count; default 5m")
  Duration time = Duration.ZERO;

  @Option(
      names = "--database",
      defaultValue = "postgresql",
      description = "as of the command without a subcommand; default ${DEFAULT-VALUE}")
  String database = "";

  @Option(
      names = "--at-most",
      description =
          "the greatest allowed ratio of the calls of each number of instances to those of the"
              + " first; above it, exit code 3")
  @Nullable Double atMost;

  @Override
  public Integer call() throws InterruptedException {
    within("--deals", deals, MOST_DEALS);
    instances.forEach(count -> within("--instances", count, MOST_INSTANCES));
    try (RunStores stores = new RunStores(database, "embedded", true)) {
      List<String> dealIds = IdleFleet.open(stores, deals);
      List<Calls> results = new ArrayList<>();
      for (int count : instances) {
        results.add(measure(stores, count, dealIds));
      }
      return print(stores, results, System.out) ? 0 : OUT_OF_BOUND;
    }
  }

  private static void within(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(option + " " + value + " is not within 1 and " + most);
    }
  }

  private Calls measure(RunStores stores, int count, List<String> dealIds)
      throws InterruptedException {
    try (IdleFleet fleet = new IdleFleet(stores, count, dealIds, period)) {
      TimeUnit.NANOSECONDS.sleep(warmUp.toNanos());
      return fleet.measure(time);
    }
  }

  /** Whether all are within the bound. */
  private boolean print(RunStores stores, List<Calls> results, PrintStream out) {
    Machine.facts(stores).forEach((name, value) -> out.println(name + ": " + value));
    out.printf("%,d open deals without orders, a resolver every %s, %s%n", deals, period, time);
    out.printf(
        "%9s  %12s  %16s  %11s  %s%n",
        "instances", "calls/minute", "÷ " + results.get(0).instances(), "commits", "calls");
    boolean within = true;
    for (Calls calls : results) {
      double ratio = calls.perMinute() / results.get(0).perMinute();
      within &= atMost == null || ratio <= atMost;
      out.printf(
          Locale.ROOT,
          "%9d  %12.1f  %16.3f  %11.1f  %s, round trips %.1f%n",
          calls.instances(),
          calls.perMinute(),
          ratio,
          calls.commits(),
          calls.byMethod(),
          calls.roundTrips());
    }
    return within;
  }
}
