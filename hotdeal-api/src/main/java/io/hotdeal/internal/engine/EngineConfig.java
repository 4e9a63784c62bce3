package io.hotdeal.internal.engine;

import io.hotdeal.HotDealListener;
import io.hotdeal.PaymentGateway;
import io.hotdeal.internal.batch.BatchPolicy;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.StockCounter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything that a HotDeal is built from; immutable. The builder documents each value. */
public record EngineConfig(
    Stores stores, BatchPolicy batching, Limits limits, Payments payments, Resources resources) {

  /** The two ports. */
  public record Stores(
      OrderLog log, @Nullable StockCounter counter, boolean refusesWhenCounterIsDown) {}

  /** How much may be under way, and how long things may take. */
  public record Limits(
      int maxInFlight,
      Duration orderTimeout,
      Duration shutdownTimeout,
      Duration soldOutCacheTtl,
      Breakers breakers) {}

  /** When a store counts as down. */
  public record Breakers(
      Duration openFor, Duration logSlowCallThreshold, Duration counterSlowCallThreshold) {}

  /** How the gateway is called. */
  public record Payments(
      PaymentGateway gateway, int chargeAttempts, Duration chargePause, Duration timeout) {}

  /** Ids, time, threads and listeners. */
  public record Resources(
      Supplier<String> orderIds,
      LongSupplier ticker,
      Threads threads,
      List<HotDealListener> listeners) {}

  /** The caller's threads; those that are null are created. */
  public record Threads(
      @Nullable Executor executor,
      @Nullable Executor counterExecutor,
      @Nullable ScheduledExecutorService timer) {}
}
