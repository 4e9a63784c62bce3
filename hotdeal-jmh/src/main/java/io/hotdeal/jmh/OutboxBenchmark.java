package io.hotdeal.jmh;

import io.hotdeal.Deal;
import io.hotdeal.DealEvent;
import io.hotdeal.DeliveryReport;
import io.hotdeal.HotDeal;
import io.hotdeal.Order;
import io.hotdeal.PaymentGateway;
import io.hotdeal.jmh.load.LoadModel;
import io.hotdeal.jmh.load.LoadProfile;
import io.hotdeal.jmh.load.RunStores;
import io.hotdeal.jmh.load.ScenarioStores;
import io.hotdeal.oracle.OracleOrderLog;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Events delivered per second from the outbox of one deal to one consumer, each page acknowledged
 * durably, and removed. The sales that the events tell of are made before, and not measured.
 *
 * <pre>
 *   java -jar hotdeal-jmh/target/benchmarks.jar OutboxBenchmark
 * </pre>
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(1)
@Fork(1)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls open before anything else
public class OutboxBenchmark {

  private static final int EVENTS = 20_480;
  private static final int BATCH = 512;

  /** As {@link StrategyState#database}. */
  @Param("postgresql")
  String database = "";

  private RunStores run;
  private ScenarioStores stores;
  private OrderLog log;
  private HotDeal hotDeal;
  private String dealId;
  private long heard;

  /** Starts the database. */
  @Setup
  public void open() {
    run = new RunStores(database, "embedded", false);
    stores = run.forScenario(LoadProfile.closed(LoadModel.BLOCKING, 1));
    log = OracleOrderLog.conditionalUpdate(stores.pool(2));
    hotDeal =
        HotDeal.builder()
            .log(log)
            .payments(PaymentGateway.none())
            .consumer("benchmark", events -> events.forEach(this::hear))
            .build();
  }

  private void hear(DealEvent event) {
    heard++;
    if (event.sequence() != heard) {
      throw new IllegalStateException("event " + event.sequence() + " came as number " + heard);
    }
  }

  /** Sells the orders of a new deal. */
  @Setup(Level.Invocation)
  public void sell() {
    dealId = "deal-" + UUID.randomUUID();
    hotDeal.open(Deal.of(dealId, EVENTS + 1).withEvents());
    for (int first = 0; first < EVENTS; first += BATCH) {
      List<Order> orders =
          IntStream.range(first, first + BATCH)
              .mapToObj(i -> Order.of("order-" + i, dealId, "buyer-" + i, 1).asFirstAttempt())
              .toList();
      log.reserve(orders, OrderState.PAID);
    }
    heard = 0;
  }

  /** Delivers the events of all sales. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void deliver() {
    DeliveryReport report = hotDeal.events().deliver(dealId).get(0);
    if (heard != EVENTS || report.failure() != null) {
      throw new IllegalStateException(heard + " of " + EVENTS + " were heard of: " + report);
    }
  }

  /** Stops the database. */
  @TearDown
  public void close() {
    hotDeal.close();
    stores.close();
    run.close();
  }
}
