package io.hotdeal.internal.engine;

import io.hotdeal.HotDealListener;
import io.hotdeal.PaymentGateway;
import io.hotdeal.internal.batch.BatchPolicy;
import io.hotdeal.internal.outbox.OutboxDelivery;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.StockCounter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The immutable configuration of a HotDeal. The builder documents each value. */
public record EngineConfig(
    Stores stores, BatchPolicy batching, Limits limits, Payments payments, Resources resources) {

  /** The two ports. */
  public record Stores(
      OrderLog log, @Nullable StockCounter counter, boolean refusesWhenCounterIsDown) {}

  /** The limits of concurrency and time. */
  public record Limits(
      int maxInFlight,
      Duration orderTimeout,
      Duration shutdownTimeout,
      Duration soldOutCacheTtl,
      Breakers breakers) {}

  /** The settings of the circuit breakers: when a store counts as down. */
  public record Breakers(
      Duration openFor, Duration logSlowCallThreshold, Duration counterSlowCallThreshold) {}

  /** The gateway, its retries and its time-out. */
  public record Payments(
      PaymentGateway gateway, int chargeAttempts, Duration chargePause, Duration timeout) {}

  /** Ids, time, threads, listeners and consumers. */
  public record Resources(
      Supplier<String> orderIds,
      LongSupplier ticker,
      Threads threads,
      List<HotDealListener> listeners,
      OutboxDelivery.Consumers consumers) {}

  /** The caller's executors; null for the default that the builder documents. */
  public record Threads(
      @Nullable Executor executor,
      @Nullable Executor counterExecutor,
      @Nullable ScheduledExecutorService timer) {}
}
