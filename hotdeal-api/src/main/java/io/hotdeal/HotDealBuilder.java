package io.hotdeal;

import io.hotdeal.internal.batch.BatchPolicy;
import io.hotdeal.internal.engine.EngineConfig;
import io.hotdeal.internal.engine.EngineFactory;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.StockCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Configures a {@link HotDeal}. The log and the gateway are required; the rest has safe defaults.
 *
 * <p>Not thread-safe. Every setter throws {@link IllegalArgumentException} with the value and the
 * limit for what is out of range; nothing is corrected silently.
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
  private @Nullable Executor executor;
  private @Nullable Executor counterExecutor;
  private @Nullable ScheduledExecutorService timer;

  HotDealBuilder() {}

  /** The order log, which decides what is sold. */
  public HotDealBuilder log(OrderLog orderLog) {
    log = orderLog;
    return this;
  }

  /** The counter in front of the log. Without one every order goes to the log. */
  public HotDealBuilder counter(StockCounter stockCounter) {
    counter = stockCounter;
    return this;
  }

  /** Who takes the money; {@link PaymentGateway#none()} where nothing is due. Required. */
  public HotDealBuilder payments(PaymentGateway gateway) {
    payments = gateway;
    return this;
  }

  /**
   * Refuses orders with {@link NothingHappenedException} while the counter cannot answer. By
   * default orders go on to the log alone, which is correct but brings the whole crowd to the
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
   * The most calls to a store that are under way for one deal and verb, 1 to 16; 2 by default. A
   * second one starts only for a crowd, of 64 or more, so that its rows are written while the first
   * one commits.
   */
  public HotDealBuilder callsPerDeal(int calls) {
    callsPerDeal = Ranges.check("callsPerDeal", calls, 1, 16);
    return this;
  }

  /**
   * The most orders under way at once, 1 to 10,000,000; 10,000 by default. More are refused with
   * {@link NothingHappenedException} before anything is claimed.
   */
  public HotDealBuilder maxInFlight(int orders) {
    maxInFlight = Ranges.check("maxInFlight", orders, 1, 10_000_000);
    return this;
  }

  /**
   * How long a claim waits for others to share its call to the counter, up to a second; 1 ms by
   * default, zero for not at all. It waits only while 16 or more orders of its deal are at the log,
   * behind whom it would wait anyway. (As PostgreSQL's commit_delay and commit_siblings.)
   */
  public HotDealBuilder claimLinger(Duration duration) {
    claimLinger = Ranges.check("claimLinger", duration, Duration.ZERO, Duration.ofSeconds(1));
    return this;
  }

  /**
   * How long a settlement waits for others to share its call to the counter, up to a second; 100 ms
   * by default, zero for not at all. A full call, of {@link #maxBatch} orders of one deal, leaves
   * at once, and {@link HotDeal#close} sends what waits. No buyer waits for it; a crash meanwhile
   * leaves them to the resolver. At most {@link #maxInFlight} settlements, and no fewer than
   * 10,000, wait at a time: the rest is left to the resolver too.
   */
  public HotDealBuilder settleLinger(Duration duration) {
    settleLinger = Ranges.check("settleLinger", duration, Duration.ZERO, Duration.ofSeconds(1));
    return this;
  }

  /**
   * How long it is cached that a deal is sold out, up to a minute; 200 ms by default, zero for not
   * at all. Only first attempts are answered from it, see {@link Order#firstAttempt()}. A unit that
   * comes back meanwhile is offered that much later.
   */
  public HotDealBuilder soldOutCacheTtl(Duration duration) {
    soldOutCacheTtl =
        Ranges.check("soldOutCacheTtl", duration, Duration.ZERO, Duration.ofMinutes(1));
    return this;
  }

  /**
   * How long a store that failed is left alone, up to a minute; 250 ms by default. Once per pause
   * one call finds out whether it answers again: an order's where it is the log, and orders are
   * refused meanwhile; a call of the library's own where it is the counter, which is bypassed until
   * it has answered.
   */
  public HotDealBuilder breakerOpenFor(Duration duration) {
    breakerOpenFor = Ranges.check("breakerOpenFor", duration, Duration.ZERO, Duration.ofMinutes(1));
    return this;
  }

  /**
   * How long one call to the log may take, 1 ms to 10 minutes; 2 s by default. After it, and until
   * the call ends, nothing more of that call's deal is claimed: its orders are refused with {@link
   * NothingHappenedException}, other deals go on. The call itself goes on, as long as the time-outs
   * of the log's driver allow.
   */
  public HotDealBuilder slowCallThreshold(Duration duration) {
    slowCallThreshold =
        Ranges.check("slowCallThreshold", duration, Duration.ofMillis(1), Duration.ofMinutes(10));
    return this;
  }

  /**
   * How long one call to the counter may take, 1 ms to 10 minutes; 300 ms by default. After it, and
   * until the call ends, the counter is bypassed: orders that wait for it go on to the log.
   */
  public HotDealBuilder counterSlowCallThreshold(Duration duration) {
    counterSlowCallThreshold =
        Ranges.check(
            "counterSlowCallThreshold", duration, Duration.ofMillis(1), Duration.ofMinutes(10));
    return this;
  }

  /**
   * How long an order may take, 1 ms to an hour; 30 s by default. After it {@link HotDeal#order}
   * throws {@link OutcomeUnknownException}, and the future of {@link HotDeal#orderAsync} fails with
   * it, an eighth of that time later at most; the order may still be placed. A single call of a
   * sweep is waited for as long.
   */
  public HotDealBuilder orderTimeout(Duration duration) {
    orderTimeout =
        Ranges.check("orderTimeout", duration, Duration.ofMillis(1), Duration.ofHours(1));
    return this;
  }

  /**
   * How long {@link HotDeal#close} waits for orders under way, up to an hour; 10 s by default. The
   * rest fail as unknown.
   */
  public HotDealBuilder shutdownTimeout(Duration duration) {
    shutdownTimeout = Ranges.check("shutdownTimeout", duration, Duration.ZERO, Duration.ofHours(1));
    return this;
  }

  /**
   * How often an order's charge is asked for while its outcome is unknown, 1 to 20; 4 by default.
   *
   * @param pause before the second time, doubled each time after, 1 ms to a minute; 200 ms by
   *     default
   */
  public HotDealBuilder chargeAttempts(int attempts, Duration pause) {
    chargeAttempts = Ranges.check("chargeAttempts", attempts, 1, 20);
    chargePause = Ranges.check("chargePause", pause, Duration.ofMillis(1), Duration.ofMinutes(1));
    return this;
  }

  /**
   * How long one answer of the gateway is waited for, 1 ms to 10 minutes; 10 s by default. After it
   * the outcome of that call is unknown.
   */
  public HotDealBuilder paymentTimeout(Duration duration) {
    paymentTimeout =
        Ranges.check("paymentTimeout", duration, Duration.ofMillis(1), Duration.ofMinutes(10));
    return this;
  }

  /** Makes the ids of {@link HotDeal#newOrder}; random UUIDs by default. */
  public HotDealBuilder ids(Supplier<String> source) {
    ids = source;
    return this;
  }

  /** A monotonic clock in nanoseconds; {@link System#nanoTime} by default. */
  public HotDealBuilder ticker(LongSupplier nanoTime) {
    ticker = nanoTime;
    return this;
  }

  /**
   * Runs the blocking store calls: of each deal at most {@link #callsPerDeal} per verb at a time,
   * and none in the thread that hands it over. Remains the caller's to end. By default each store
   * gets daemon threads of its own, which {@link HotDeal#close} ends.
   *
   * <p>Where a counter hangs, its calls keep these threads from the log, unless they are many or
   * {@link #counterExecutor} names others.
   */
  public HotDealBuilder executor(Executor threads) {
    executor = threads;
    return this;
  }

  /**
   * Runs the calls to the counter, so that they keep no thread from the log. Remains the caller's
   * to end. By default the {@link #executor}, or daemon threads of its own.
   */
  public HotDealBuilder counterExecutor(Executor threads) {
    counterExecutor = threads;
    return this;
  }

  /**
   * Times the pauses between charge attempts, their time-outs, and lingering calls. It has to
   * outlive the HotDeal, and nothing may block it but a sweep. Remains the caller's to end.
   */
  public HotDealBuilder timer(ScheduledExecutorService scheduler) {
    timer = scheduler;
    return this;
  }

  /** Adds a listener, which is told what happens; none by default. */
  public HotDealBuilder listener(HotDealListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Creates the HotDeal.
   *
   * @throws IllegalStateException if there is no log, or nobody said who takes the money
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

  private EngineConfig config(OrderLog orderLog, PaymentGateway gateway) {
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
            List.copyOf(listeners)));
  }
}
