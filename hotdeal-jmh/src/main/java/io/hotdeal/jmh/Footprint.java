package io.hotdeal.jmh;

import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.PaymentGateway;
import io.hotdeal.jmh.load.RunStores;
import io.hotdeal.oracle.OracleOrderLog;
import io.hotdeal.redis.JedisClients;
import io.hotdeal.redis.JedisCounters;
import io.hotdeal.testkit.report.TextTable;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import redis.clients.jedis.RedisClient;

/**
 * What one HotDeal over a log and a Redis counter occupies in its process, and in Redis: by itself,
 * with many deals open, after it sold an order of each, and idle for a while. A deal of the
 * catalogue costs what is between the first row and the last.
 *
 * <pre>
 *   java -cp hotdeal-jmh/target/benchmarks.jar io.hotdeal.jmh.Footprint --deals 10000
 * </pre>
 */
@Command(
    name = "Footprint",
    mixinStandardHelpOptions = true,
    description = "Counts heap, threads, connections and bytes in Redis per deal.")
public final class Footprint implements Callable<Integer> {

  private static final int MOST_DEALS = 1_000_000;
  private static final int ORDERS_AT_A_TIME = 500;

  @Option(
      names = "--deals",
      defaultValue = "1000",
      description = "1 to 1000000 deals; default 1000")
  int deals;

  @Option(names = "--database", defaultValue = "postgresql", description = "as for Contention")
  String database = "";

  @Option(
      names = "--idle",
      defaultValue = "2s",
      description = "how long it does nothing before the last row; default 2s")
  Duration idle = Duration.ZERO;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the call
  CommandSpec spec;

  private final List<List<String>> rows = new ArrayList<>();

  /** Runs it; ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Footprint())
        .registerConverter(Duration.class, new Durations())
        .setExecutionExceptionHandler(new InvalidOptionHandler());
  }

  @Override
  public Integer call() throws InterruptedException {
    if (deals < 1 || deals > MOST_DEALS) {
      throw new IllegalArgumentException("--deals " + deals + " is not 1 to " + MOST_DEALS);
    }
    try (RunStores stores = new RunStores(database, "embedded", false);
        HikariDataSource pool = new HikariDataSource(stores.database().config());
        RedisClient redis = JedisClients.standalone(stores.redis())) {
      redis.ping();
      measure(pool, redis);
    }
    List<String> head =
        List.of("a HotDeal", "heap KiB", "threads", "connections", "Redis KiB", "heap B a deal");
    spec.commandLine().getOut().println(TextTable.of(head, rows));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private void measure(HikariDataSource pool, RedisClient redis) throws InterruptedException {
    Usage without = Usage.of(pool, redis);
    try (HotDeal hotDeal =
        HotDeal.builder()
            .counter(JedisCounters.on(redis))
            .log(OracleOrderLog.conditionalUpdate(pool))
            .payments(PaymentGateway.none())
            .build()) {
      row("by itself", Usage.of(pool, redis).minus(without));
      IntStream.range(0, deals).forEach(i -> hotDeal.open(Deal.of(dealId(i), 1_000_000)));
      row(deals + " deals open", Usage.of(pool, redis).minus(without));
      for (int first = 0; first < deals; first += ORDERS_AT_A_TIME) {
        sell(hotDeal, first, Math.min(deals, first + ORDERS_AT_A_TIME));
      }
      row("an order of each sold", Usage.of(pool, redis).minus(without));
      Thread.sleep(idle.toMillis());
      row("idle since", Usage.of(pool, redis).minus(without));
    }
  }

  private static void sell(HotDeal hotDeal, int first, int end) {
    List<CompletableFuture<OrderResult>> results =
        IntStream.range(first, end)
            .mapToObj(i -> hotDeal.orderAsync(Order.of("order", dealId(i), "buyer", 1)))
            .toList();
    for (CompletableFuture<OrderResult> result : results) {
      if (!(result.join() instanceof OrderResult.Placed)) {
        throw new IllegalStateException("not sold: " + result.join());
      }
    }
  }

  private static String dealId(int i) {
    return "deal-" + i;
  }

  private void row(String state, Usage usage) {
    rows.add(
        List.of(
            state,
            whole(usage.heap / 1024.0),
            whole(usage.threads),
            whole(usage.connections),
            whole(usage.redis / 1024.0),
            whole((double) usage.heap / deals)));
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  /** What is occupied, the heap without garbage. */
  private record Usage(long heap, int threads, int connections, long redis) {

    static Usage of(HikariDataSource pool, RedisClient redis) {
      ManagementFactory.getMemoryMXBean().gc();
      ManagementFactory.getMemoryMXBean().gc();
      return new Usage(
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
          ManagementFactory.getThreadMXBean().getThreadCount(),
          pool.getHikariPoolMXBean().getTotalConnections(),
          usedMemory(redis.info("memory")));
    }

    private static long usedMemory(String info) {
      return info.lines()
          .filter(line -> line.startsWith("used_memory:"))
          .mapToLong(line -> Long.parseLong(line.substring("used_memory:".length()).strip()))
          .findFirst()
          .orElseThrow();
    }

    Usage minus(Usage other) {
      return new Usage(
          heap - other.heap,
          threads - other.threads,
          connections - other.connections,
          redis - other.redis);
    }
  }
}
