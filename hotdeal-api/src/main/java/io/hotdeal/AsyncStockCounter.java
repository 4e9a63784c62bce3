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
 * A stock counter with asynchronous, batched calls, for use without a {@link HotDeal}: orders that
 * arrive while a call is under way share the next one.
 *
 * <pre>{@code
 * AsyncStockCounter counter = AsyncStockCounter.over(redis);
 * ClaimResult result = counter.claim(order).join(); // or continue when it completes
 * }</pre>
 *
 * <p>Each order gets the guarantees of the {@link StockCounter} and no others: a counter may lose
 * its data. Publishes no events. Only {@link #close} blocks. Thread-safe.
 *
 * <p>A future fails with {@link NothingHappenedException} if {@link #MAX_IN_FLIGHT} orders are
 * under way or this counter is closed, otherwise with what the counter threw. Stages that depend on
 * it run on this counter's threads unless they are given an executor, and must not block.
 */
public final class AsyncStockCounter implements AutoCloseable {

  /** The most orders in one call, 512: the default of {@link HotDealBuilder#maxBatch}. */
  public static final int MAX_BATCH = BatchPolicy.DEFAULT_MAX_BATCH;

  /** The most orders under way at once: the default of {@link HotDealBuilder#maxInFlight}. */
  public static final int MAX_IN_FLIGHT = BatchPolicy.DEFAULT_MAX_PENDING;

  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(10);

  private final ExecutorService threads = DaemonExecutors.forStoreCalls("counter");
  private final Bulkhead underWay = new Bulkhead(MAX_IN_FLIGHT);
  private final Batcher<Order, ClaimResult> claims;
  private final Batcher<Order, Boolean> settles;
  private final Batcher<Order, Boolean> releases;

  private AsyncStockCounter(StockCounter counter) {
    BatcherFactory batchers =
        new BatcherFactory(Store.STOCK_COUNTER, BatchPolicy.DEFAULT, threads, EventPublisher.NONE);
    this.claims = batchers.create("claim", counter::claim);
    this.settles = batchers.createVoid("settle", counter::settle, FlushPolicy.IMMEDIATE);
    this.releases = batchers.createVoid("release", counter::release, FlushPolicy.IMMEDIATE);
  }

  /** Creates an asynchronous client of this counter. Deals are opened at the counter itself. */
  public static AsyncStockCounter over(StockCounter counter) {
    return new AsyncStockCounter(counter);
  }

  /** Claims the units of one order, as {@link StockCounter#claim}. */
  public CompletableFuture<ClaimResult> claim(Order order) {
    return underWay.start(() -> claims.submit(order));
  }

  /** Settles one order, as {@link StockCounter#settle}; completes with true. */
  public CompletableFuture<Boolean> settle(Order order) {
    return underWay.start(() -> settles.submit(order));
  }

  /** Releases one order, as {@link StockCounter#release}; completes with true. */
  public CompletableFuture<Boolean> release(Order order) {
    return underWay.start(() -> releases.submit(order));
  }

  /**
   * Accepts no more orders, waits up to 10 s for those under way, and fails the rest with {@link
   * OutcomeUnknownException}. The underlying counter is not closed.
   */
  @Override
  public void close() {
    underWay.close(
        System.nanoTime() + SHUTDOWN_TIMEOUT.toNanos(),
        () -> new OutcomeUnknownException("closed before the counter answered"));
    threads.shutdownNow();
  }
}
