package io.hotdeal;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a desk is made of. The log and the gateway are needed; the defaults of the rest are safe.
 *
 * <p>Not thread-safe. Every setter throws {@link IllegalArgumentException} with the value and the
 * limit for what is out of range; nothing is corrected silently.
 */
public final class HotDealBuilder {

  @Nullable OrderLog log;
  @Nullable StockCounter counter;
  @Nullable PaymentGateway payments;
  boolean passByWhenCounterIsDown = true;
  int maxBatch = 512;
  int callsPerDeal = 2;
  int maxInFlight = 10_000;
  Duration claimLinger = Duration.ofMillis(1);
  Duration settleLinger = Duration.ofMillis(100);
  Duration soldOutMemory = Duration.ofMillis(200);
  Duration outagePause = Duration.ofMillis(250);
  Duration stallAfter = Duration.ofSeconds(2);
  Duration counterStallAfter = Duration.ofMillis(300);
  Duration patience = Duration.ofSeconds(30);
  Duration drain = Duration.ofSeconds(10);
  int chargeAttempts = 4;
  Duration chargePause = Duration.ofMillis(200);
  Duration paymentTimeout = Duration.ofSeconds(10);
  Supplier<String> ids = () -> UUID.randomUUID().toString();
  LongSupplier ticker = System::nanoTime;
  @Nullable Executor executor;
  @Nullable Executor counterExecutor;
  @Nullable ScheduledExecutorService timer;

  HotDealBuilder() {}

  /** The log, which decides. */
  public HotDealBuilder log(OrderLog orderLog) {
    log = orderLog;
    return this;
  }

  /** The counter in front of the log. Without one the desk sells straight from the log. */
  public HotDealBuilder counter(StockCounter stockCounter) {
    counter = stockCounter;
    return this;
  }

  /** Who takes the money; {@link PaymentGateway#none()} where nothing is due. Has to be said. */
  public HotDealBuilder payments(PaymentGateway gateway) {
    payments = gateway;
    return this;
  }

  /**
   * Refuses orders with {@link NothingHappenedException} while the counter cannot answer. Unless
   * said, the desk goes on with the log alone, which is correct but brings the whole crowd to the
   * database.
   */
  public HotDealBuilder refuseWhenCounterIsDown() {
    passByWhenCounterIsDown = false;
    return this;
  }

  /** The most orders in one store call, 1 to 10,000; 512 unless said. */
  public HotDealBuilder maxBatch(int orders) {
    maxBatch = within("maxBatch", orders, 1, 10_000);
    return this;
  }

  /**
   * The most calls to a store that are under way for one deal and verb, 1 to 16; 2 unless said. A
   * second one starts only for a crowd, of 64 or more, so that its rows are written while the first
   * one commits.
   */
  public HotDealBuilder callsPerDeal(int calls) {
    callsPerDeal = within("callsPerDeal", calls, 1, 16);
    return this;
  }

  /**
   * The most orders under way at once, 1 to 10,000,000; 10,000 unless said. More are refused with
   * {@link NothingHappenedException} before anything is claimed.
   */
  public HotDealBuilder maxInFlight(int orders) {
    maxInFlight = within("maxInFlight", orders, 1, 10_000_000);
    return this;
  }

  /**
   * How long a claim waits for others to share its call to the counter, up to a second; 1 ms unless
   * said, zero for not at all. It waits only while 16 or more orders of its deal are at the log,
   * behind whom it would wait anyway. (As PostgreSQL's commit_delay and commit_siblings.)
   */
  public HotDealBuilder claimLinger(Duration duration) {
    claimLinger = within("claimLinger", duration, Duration.ZERO, Duration.ofSeconds(1));
    return this;
  }

  /**
   * How long a settlement waits for others to share its call to the counter, up to a second; 100 ms
   * unless said, zero for not at all. A full call, of {@link #maxBatch} orders of one deal, leaves
   * at once, and {@link HotDeal#close} sends what waits. No buyer waits for it; a crash meanwhile
   * leaves them to the resolver. At most {@link #maxInFlight} settlements, and no fewer than
   * 10,000, wait at a time: the rest is left to the resolver too.
   */
  public HotDealBuilder settleLinger(Duration duration) {
    settleLinger = within("settleLinger", duration, Duration.ZERO, Duration.ofSeconds(1));
    return this;
  }

  /**
   * How long the desk remembers that a deal is sold out, up to a minute; 200 ms unless said, zero
   * for not at all. Only first attempts are answered from it, see {@link Order#firstAttempt()}. A
   * unit that comes back meanwhile is offered that much later.
   */
  public HotDealBuilder soldOutMemory(Duration duration) {
    soldOutMemory = within("soldOutMemory", duration, Duration.ZERO, Duration.ofMinutes(1));
    return this;
  }

  /**
   * How long a store that failed is left alone, up to a minute; 250 ms unless said. Once per pause
   * one call finds out whether it answers again: an order's where it is the log, and orders are
   * refused meanwhile; a call of the desk's own where it is the counter, which is passed by until
   * it has answered.
   */
  public HotDealBuilder outagePause(Duration duration) {
    outagePause = within("outagePause", duration, Duration.ZERO, Duration.ofMinutes(1));
    return this;
  }

  /**
   * How long one call to the log may take, 1 ms to 10 minutes; 2 s unless said. After it, and until
   * the call ends, nothing more of that call's deal is claimed: its orders are refused with {@link
   * NothingHappenedException}, other deals go on. The call itself goes on, as long as the time-outs
   * of the log's driver allow.
   */
  public HotDealBuilder stallAfter(Duration duration) {
    stallAfter = within("stallAfter", duration, Duration.ofMillis(1), Duration.ofMinutes(10));
    return this;
  }

  /**
   * How long one call to the counter may take, 1 ms to 10 minutes; 300 ms unless said. After it,
   * and until the call ends, the counter is passed by: whoever waits for it goes on to the log.
   */
  public HotDealBuilder counterStallAfter(Duration duration) {
    counterStallAfter =
        within("counterStallAfter", duration, Duration.ofMillis(1), Duration.ofMinutes(10));
    return this;
  }

  /**
   * How long an order may take, 1 ms to an hour; 30 s unless said. After it {@link HotDeal#order}
   * throws {@link OutcomeUnknownException}, and the future of {@link HotDeal#orderAsync} fails with
   * it, an eighth of that time later at most; the order may still be placed. A single call of a
   * sweep is waited for as long.
   */
  public HotDealBuilder patience(Duration duration) {
    patience = within("patience", duration, Duration.ofMillis(1), Duration.ofHours(1));
    return this;
  }

  /**
   * How long {@link HotDeal#close} waits for orders under way, up to an hour; 10 s unless said. The
   * rest fail as unknown.
   */
  public HotDealBuilder drain(Duration duration) {
    drain = within("drain", duration, Duration.ZERO, Duration.ofHours(1));
    return this;
  }

  /**
   * How often an order's charge is asked for while its outcome is unknown, 1 to 20; 4 unless said.
   *
   * @param pause before the second time, doubled each time after, 1 ms to a minute; 200 ms unless
   *     said
   */
  public HotDealBuilder chargeAttempts(int attempts, Duration pause) {
    chargeAttempts = within("chargeAttempts", attempts, 1, 20);
    chargePause = within("chargePause", pause, Duration.ofMillis(1), Duration.ofMinutes(1));
    return this;
  }

  /**
   * How long one answer of the gateway is waited for, 1 ms to 10 minutes; 10 s unless said. After
   * it the outcome of that call is unknown.
   */
  public HotDealBuilder paymentTimeout(Duration duration) {
    paymentTimeout =
        within("paymentTimeout", duration, Duration.ofMillis(1), Duration.ofMinutes(10));
    return this;
  }

  /** Makes the ids of {@link HotDeal#newOrder}; random UUIDs unless said. */
  public HotDealBuilder ids(Supplier<String> source) {
    ids = source;
    return this;
  }

  /** A monotonic clock in nanoseconds; {@link System#nanoTime} unless said. */
  public HotDealBuilder ticker(LongSupplier nanoTime) {
    ticker = nanoTime;
    return this;
  }

  /**
   * Runs the blocking store calls: of each deal at most {@link #callsPerDeal} per verb at a time,
   * and none in the thread that hands it over. Remains the caller's to end. Unless said, the desk
   * has daemon threads of its own for each store, which {@link HotDeal#close} ends.
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
   * to end. Unless said, the {@link #executor}, or threads of the desk's own.
   */
  public HotDealBuilder counterExecutor(Executor threads) {
    counterExecutor = threads;
    return this;
  }

  /**
   * Times the pauses between charge attempts, their time-outs, and lingering calls. It has to
   * outlive the desk, and nothing may block in it but a sweep. Remains the caller's to end.
   */
  public HotDealBuilder timer(ScheduledExecutorService scheduler) {
    timer = scheduler;
    return this;
  }

  /**
   * Makes the desk.
   *
   * @throws IllegalStateException if there is no log, or nobody said who takes the money
   */
  public HotDeal build() {
    if (log == null) {
      throw new IllegalStateException("a desk needs a log: HotDeal.builder().log(…)");
    }
    if (payments == null) {
      throw new IllegalStateException(
          "a desk needs a gateway: HotDeal.builder().payments(…), with PaymentGateway.none() where"
              + " nothing is due");
    }
    return new Assembly(this, log, payments).desk();
  }

  private static int within(String what, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          what + " " + value + " is not within " + min + " and " + max);
    }
    return value;
  }

  static Duration within(String what, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          what + " " + value + " is not within " + min + " and " + max);
    }
    return value;
  }
}
