package io.hotdeal;

import io.hotdeal.HotDealListener.Store;
import io.hotdeal.internal.batch.BatchPolicy;
import io.hotdeal.internal.batch.Batcher;
import io.hotdeal.internal.batch.BatcherFactory;
import io.hotdeal.internal.batch.FlushPolicy;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.internal.resilience.Bulkhead;
import io.hotdeal.internal.resilience.DaemonExecutors;
import io.hotdeal.spi.StockCounter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/**
 * A stock counter with asynchronous, batched calls, for those who use a counter without a {@link
 * HotDeal}: orders that wait while a call is under way share the next one.
 *
 * <pre>{@code
 * AsyncStockCounter counter = AsyncStockCounter.over(redis);
 * ClaimResult result = counter.claim(order).join(); // or continue when it completes
 * }</pre>
 *
 * <p>It promises what its {@link StockCounter} promises, order by order, and no more: a counter may
 * lose its data. Publishes no events. Never blocks, but for {@link #close}. Thread-safe. A future
 * fails with {@link NothingHappenedException} where too many are under way or this is closed, and
 * else with what the counter threw. What follows a future runs on this counter's threads unless it
 * is given an executor, and must not block them.
 */
public final class AsyncStockCounter implements AutoCloseable {

  /** The most orders in one call. */
  public static final int MAX_BATCH = BatchPolicy.DEFAULT_MAX_BATCH;

  /** The most orders under way at once. */
  public static final int MAX_IN_FLIGHT = BatchPolicy.DEFAULT_MAX_PENDING;

  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(10);

  private final ExecutorService threads = DaemonExecutors.forStoreCalls("counter");
  private final Bulkhead underWay = new Bulkhead(MAX_IN_FLIGHT);
  private final Batcher<ClaimResult> claims;
  private final Batcher<Boolean> settles;
  private final Batcher<Boolean> releases;

  private AsyncStockCounter(StockCounter counter) {
    BatcherFactory batchers =
        new BatcherFactory(Store.STOCK_COUNTER, BatchPolicy.DEFAULT, threads, EventPublisher.NONE);
    this.claims = batchers.create("claim", counter::claim);
    this.settles = batchers.createVoid("settle", counter::settle, FlushPolicy.IMMEDIATE);
    this.releases = batchers.createVoid("release", counter::release, FlushPolicy.IMMEDIATE);
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
        System.nanoTime() + SHUTDOWN_TIMEOUT.toNanos(),
        () -> new OutcomeUnknownException("closed before the counter answered"));
    threads.shutdownNow();
  }
}
