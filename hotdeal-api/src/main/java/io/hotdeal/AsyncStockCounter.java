package io.hotdeal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/**
 * A stock counter whose callers travel together, for those who want the gate without the desk:
 * whatever waits while a call is under way shares the next one.
 *
 * <pre>{@code
 * AsyncStockCounter gate = AsyncStockCounter.over(redis);
 * ClaimResult result = gate.claim(order).join(); // or carry on when it completes
 * }</pre>
 *
 * <p>It promises what its {@link StockCounter} promises, order by order, and no more: a gate may
 * forget. Never blocks, but for {@link #close}. Thread-safe. A future fails with {@link
 * NothingHappenedException} where too many are under way or this is closed, and else with what the
 * counter threw. What follows a future runs on this counter's threads unless it is given an
 * executor, and must not block them.
 */
public final class AsyncStockCounter implements AutoCloseable {

  /** The most orders in one call. */
  public static final int MAX_BATCH = 512;

  /** The most orders under way at once. */
  public static final int MAX_IN_FLIGHT = 10_000;

  private static final int CALLS_PER_DEAL = 2;
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final ExecutorService threads = Threads.forStoreCalls("counter");
  private final InFlight underWay = new InFlight(MAX_IN_FLIGHT);
  private final Batcher<ClaimResult> claims;
  private final Batcher<Boolean> settles;
  private final Batcher<Boolean> releases;

  private AsyncStockCounter(StockCounter counter) {
    Batchers batchers = new Batchers(MAX_BATCH, CALLS_PER_DEAL, MAX_IN_FLIGHT, threads);
    this.claims = batchers.of("claim", counter::claim);
    this.settles = batchers.ofSilent("settle", counter::settle, Pace.AT_ONCE);
    this.releases = batchers.ofSilent("release", counter::release, Pace.AT_ONCE);
  }

  /** Batches the calls of this counter, which stays its owner's to open deals and to close. */
  public static AsyncStockCounter over(StockCounter counter) {
    return new AsyncStockCounter(counter);
  }

  /** As {@link StockCounter#claim}. */
  public CompletableFuture<ClaimResult> claim(Order order) {
    return underWay.start(() -> claims.submit(order));
  }

  /** As {@link StockCounter#settle}; completes with true once it is done. */
  public CompletableFuture<Boolean> settle(Order order) {
    return underWay.start(() -> settles.submit(order));
  }

  /** As {@link StockCounter#release}; completes with true once it is done. */
  public CompletableFuture<Boolean> release(Order order) {
    return underWay.start(() -> releases.submit(order));
  }

  /** Takes no more, waits for what is under way, up to 10 s, fails the rest as unknown. */
  @Override
  public void close() {
    underWay.close(
        System.nanoTime() + DRAIN.toNanos(),
        () -> new OutcomeUnknownException("closed before the counter answered"));
    threads.shutdownNow();
  }
}
