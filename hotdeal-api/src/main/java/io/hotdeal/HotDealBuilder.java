package io.hotdeal;

import io.hotdeal.internal.batch.BatchPolicy;
import io.hotdeal.internal.engine.EngineConfig;
import io.hotdeal.internal.engine.EngineFactory;
import io.hotdeal.internal.outbox.OutboxDelivery;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.StockCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A builder of {@link HotDeal}. The log and the gateway are required; the rest has safe defaults.
 *
 * <p>Not thread-safe. Every setter throws {@link IllegalArgumentException}, naming the value and
 * the limits, if a value is out of range; nothing is silently corrected.
 */
public final class HotDealBuilder {

  private @Nullable OrderLog log;
  private @Nullable StockCounter counter;
  private @Nullable PaymentGateway payments;
  private boolean refusesWhenCounterIsDown;
  private int maxBatch = BatchPolicy.DEFAULT.maxBatch();
  private int callsPerDeal = BatchPolicy.DEFAULT.maxCallsPerDeal();
  private int maxInFlight = BatchPolicy.DEFAULT.maxPending();
  private Duration claimLinger = BatchPolicy.DEFAULT.claimLinger();
  private Duration settleLinger = BatchPolicy.DEFAULT.settleLinger();
  private Duration soldOutCacheTtl = Duration.ofMillis(200);
  private Duration breakerOpenFor = Duration.ofMillis(250);
  private Duration slowCallThreshold = Duration.ofSeconds(2);
  private Duration counterSlowCallThreshold = Duration.ofMillis(300);
  private Duration orderTimeout = Duration.ofSeconds(30);
  private Duration shutdownTimeout = Duration.ofSeconds(10);
  private int chargeAttempts = 4;
  private Duration chargePause = Duration.ofMillis(200);
  private Duration paymentTimeout = Duration.ofSeconds(10);
  private Supplier<String> ids = () -> UUID.randomUUID().toString();
  private LongSupplier ticker = System::nanoTime;
  private final List<HotDealListener> listeners = new ArrayList<>();
  private final Map<String, EventConsumer> consumers = new LinkedHashMap<>();
  private Duration eventLease = Duration.ofSeconds(30);
  private @Nullable Executor executor;
  private @Nullable Executor counterExecutor;
  private @Nullable ScheduledExecutorService timer;

  HotDealBuilder() {}

  /** The order log, which decides what is sold. Required. */
  public HotDealBuilder log(OrderLog orderLog) {
    log = orderLog;
    return this;
  }

  /** The counter in front of the log; none by default: every order then goes to the log. */
  public HotDealBuilder counter(StockCounter stockCounter) {
    counter = stockCounter;
    return this;
  }

  /** The payment gateway; {@link PaymentGateway#none()} if no payment is due. Required. */
  public HotDealBuilder payments(PaymentGateway gateway) {
    payments = gateway;
    return this;
  }

  /**
   * Refuses orders with {@link NothingHappenedException} while the counter is unavailable. By
   * default orders then bypass the counter, which is correct but puts the full load on the log's
   * database.
   */
  public HotDealBuilder refuseWhenCounterIsDown() {
    refusesWhenCounterIsDown = true;
    return this;
  }

  /** The most orders in one store call, 1 to 10,000; 512 by default. */
  public HotDealBuilder maxBatch(int orders) {
    maxBatch = Ranges.check("maxBatch", orders, 1, 10_000);
    return this;
  }

  /**
   * The most concurrent calls to a store per deal and verb, 1 to 16; 2 by default. More than one is
   * made only while at least 64 orders wait, so that the rows of one are written while the other
   * commits.
   */
  public HotDealBuilder callsPerDeal(int calls) {
    callsPerDeal = Ranges.check("callsPerDeal", calls, 1, 16);
    return this;
  }

  /**
   * The most orders under way at once, 1 to 10,000,000; 10,000 by default. Further orders are
   * refused with {@link NothingHappenedException} before anything is claimed.
   */
  public HotDealBuilder maxInFlight(int orders) {
    maxInFlight = Ranges.check("maxInFlight", orders, 1, 10_000_000);
    return this;
  }

  /**
   * How long a claim is delayed so that others can share its call to the counter, 0 to 1 s; 1 ms by
   * default, 0 for no delay. Claims are delayed only while 16 or more orders of their deal are at
   * the log, where they would have to wait anyway. (As PostgreSQL's commit_delay and
   * commit_siblings.)
   */
  public HotDealBuilder claimLinger(Duration duration) {
    claimLinger = Ranges.check("claimLinger", duration, Duration.ZERO, Duration.ofSeconds(1));
    return this;
  }

  /**
   * How long a settlement is delayed so that others can share its call to the counter, 0 to 1 s;
   * 100 ms by default, 0 for no delay. No buyer waits for a settlement. At most {@link
   * #maxInFlight} settlements and releases wait, or 10,000 if that is more; a call is sent at once
   * when it has {@link #maxBatch} orders or a quarter of that number, and at {@link HotDeal#close}.
   * The resolver makes up for those beyond it and for those lost in a crash.
   */
  public HotDealBuilder settleLinger(Duration duration) {
    settleLinger = Ranges.check("settleLinger", duration, Duration.ZERO, Duration.ofSeconds(1));
    return this;
  }

  /**
   * How long a sold-out deal is cached, 0 to 1 minute; 200 ms by default, 0 for no cache. Only
   * first attempts are refused from the cache, see {@link Order#firstAttempt()}. A unit that
   * becomes available in another process, or at the counter after a restock, may be offered that
   * much later.
   */
  public HotDealBuilder soldOutCacheTtl(Duration duration) {
    soldOutCacheTtl =
        Ranges.check("soldOutCacheTtl", duration, Duration.ZERO, Duration.ofMinutes(1));
    return this;
  }

  /**
   * How long the circuit breaker of a store stays open after a failed call, 0 to 1 minute; 250 ms
   * by default. Then one call per such period probes the store. The log is probed by an order, and
   * other orders are refused meanwhile. The counter is probed by a reconciliation, and orders
   * bypass it until that succeeds.
   */
  public HotDealBuilder breakerOpenFor(Duration duration) {
    breakerOpenFor = Ranges.check("breakerOpenFor", duration, Duration.ZERO, Duration.ofMinutes(1));
    return this;
  }

  /**
   * How long a call to the log may take before it counts as slow, 1 ms to 10 minutes; 2 s by
   * default. From then until the call ends, orders of its deal are refused with {@link
   * NothingHappenedException} before anything is claimed; other deals are not affected. The call
   * itself is not cancelled: only the time-outs of the log's driver limit it.
   */
  public HotDealBuilder slowCallThreshold(Duration duration) {
    slowCallThreshold =
        Ranges.check("slowCallThreshold", duration, Duration.ofMillis(1), Duration.ofMinutes(10));
    return this;
  }

  /**
   * How long a call to the counter may take before it counts as slow, 1 ms to 10 minutes; 300 ms by
   * default. From then until the call ends, orders bypass the counter, including those that already
   * wait for it; with {@link #refuseWhenCounterIsDown} they fail.
   */
  public HotDealBuilder counterSlowCallThreshold(Duration duration) {
    counterSlowCallThreshold =
        Ranges.check(
            "counterSlowCallThreshold", duration, Duration.ofMillis(1), Duration.ofMinutes(10));
    return this;
  }

  /**
   * How long an order may take, 1 ms to 1 hour; 30 s by default. After that {@link HotDeal#order}
   * throws {@link OutcomeUnknownException}, and the future of {@link HotDeal#orderAsync} fails with
   * it, at most an eighth of that time later; the order may still be placed. The same limit holds
   * for each order and each store call of a sweep.
   */
  public HotDealBuilder orderTimeout(Duration duration) {
    orderTimeout =
        Ranges.check("orderTimeout", duration, Duration.ofMillis(1), Duration.ofHours(1));
    return this;
  }

  /**
   * How long {@link HotDeal#close} waits for orders under way, 0 to 1 hour; 10 s by default. The
   * rest fail with {@link OutcomeUnknownException}.
   */
  public HotDealBuilder shutdownTimeout(Duration duration) {
    shutdownTimeout = Ranges.check("shutdownTimeout", duration, Duration.ZERO, Duration.ofHours(1));
    return this;
  }

  /**
   * How often a charge is attempted while its outcome is unknown.
   *
   * @param attempts the most attempts, the first included, 1 to 20; 4 by default
   * @param pause before the second attempt, doubled before each later one, 1 ms to 1 minute; 200 ms
   *     by default
   */
  public HotDealBuilder chargeAttempts(int attempts, Duration pause) {
    chargeAttempts = Ranges.check("chargeAttempts", attempts, 1, 20);
    chargePause = Ranges.check("chargePause", pause, Duration.ofMillis(1), Duration.ofMinutes(1));
    return this;
  }

  /**
   * The time-out of one call to the gateway, 1 ms to 10 minutes; 10 s by default. After it the
   * outcome of that call is unknown.
   */
  public HotDealBuilder paymentTimeout(Duration duration) {
    paymentTimeout =
        Ranges.check("paymentTimeout", duration, Duration.ofMillis(1), Duration.ofMinutes(10));
    return this;
  }

  /**
   * The generator of order ids for {@link HotDeal#newOrder}; random UUIDs by default. Must be
   * thread-safe and give each id only once.
   */
  public HotDealBuilder ids(Supplier<String> source) {
    ids = source;
    return this;
  }

  /** The monotonic clock, in nanoseconds; {@link System#nanoTime} by default. */
  public HotDealBuilder ticker(LongSupplier nanoTime) {
    ticker = nanoTime;
    return this;
  }

  /**
   * The executor of the blocking store calls: at most {@link #callsPerDeal} of each deal and verb
   * at a time. It must not run them in the calling thread, which would block. The caller shuts it
   * down. By default each store gets daemon threads of its own, which {@link HotDeal#close} stops.
   *
   * <p>Calls to a counter that hangs occupy these threads, so that the log may run out of them: set
   * {@link #counterExecutor} too.
   */
  public HotDealBuilder executor(Executor threads) {
    executor = threads;
    return this;
  }

  /**
   * A separate executor of the calls to the counter, so that they occupy no thread that the log
   * needs. The caller shuts it down. By default the {@link #executor}, or else daemon threads of
   * its own.
   */
  public HotDealBuilder counterExecutor(Executor threads) {
    counterExecutor = threads;
    return this;
  }

  /**
   * The scheduler of time-outs, pauses, delayed calls and sweeps; a daemon thread by default. It
   * has to outlive the HotDeal, and the caller shuts it down. Blocking its threads delays all of
   * these. {@link Resolver#sweep} may run on it, but then the time-outs of that sweep need another
   * thread.
   */
  public HotDealBuilder timer(ScheduledExecutorService scheduler) {
    timer = scheduler;
    return this;
  }

  /** Adds a listener for events; none by default. */
  public HotDealBuilder listener(HotDealListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Adds a consumer of the events of all deals that are opened with {@link Deal#withEvents}; none
   * by default. {@link HotDeal#open} registers it, durably: from then on the log keeps each event
   * of the deal until this consumer has taken it. {@link HotDeal#events} delivers them.
   *
   * @param name identifies the consumer in all processes, see {@link Ids}: those with the same name
   *     share its cursor, and deliver in turns
   * @throws IllegalArgumentException if the name is invalid, or there is a consumer of this name
   */
  public HotDealBuilder consumer(String name, EventConsumer consumer) {
    if (consumers.putIfAbsent(Ids.check("consumer", name), consumer) != null) {
      throw new IllegalArgumentException("there is a consumer '" + name + "' already");
    }
    return this;
  }

  /**
   * How long one process alone may deliver a deal's events to a consumer, 100 ms to 1 hour; 30 s by
   * default. Begins anew with each page of up to 512 events: a consumer that takes longer for one
   * gets it again, also from another process.
   */
  public HotDealBuilder eventLease(Duration duration) {
    eventLease = Ranges.check("eventLease", duration, Duration.ofMillis(100), Duration.ofHours(1));
    return this;
  }

  /**
   * Creates the HotDeal.
   *
   * @throws IllegalStateException if the log or the payment gateway is not set
   */
  public HotDeal build() {
    if (log == null) {
      throw new IllegalStateException("HotDeal needs a log: HotDeal.builder().log(…)");
    }
    if (payments == null) {
      throw new IllegalStateException(
          "HotDeal needs a gateway: HotDeal.builder().payments(…), with PaymentGateway.none() where"
              + " nothing is due");
    }
    return new HotDeal(EngineFactory.create(config(log, payments)));
  }

  EngineConfig config(OrderLog orderLog, PaymentGateway gateway) {
    return new EngineConfig(
        new EngineConfig.Stores(orderLog, counter, refusesWhenCounterIsDown),
        new BatchPolicy(maxBatch, callsPerDeal, maxInFlight, claimLinger, settleLinger),
        new EngineConfig.Limits(
            maxInFlight,
            orderTimeout,
            shutdownTimeout,
            soldOutCacheTtl,
            new EngineConfig.Breakers(breakerOpenFor, slowCallThreshold, counterSlowCallThreshold)),
        new EngineConfig.Payments(gateway, chargeAttempts, chargePause, paymentTimeout),
        new EngineConfig.Resources(
            ids,
            ticker,
            new EngineConfig.Threads(executor, counterExecutor, timer),
            List.copyOf(listeners),
            new OutboxDelivery.Consumers(
                Collections.unmodifiableMap(new LinkedHashMap<>(consumers)), eventLease)));
  }
}
