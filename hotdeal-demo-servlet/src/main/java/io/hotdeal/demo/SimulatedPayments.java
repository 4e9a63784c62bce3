package io.hotdeal.demo;

import io.hotdeal.ChargeResult;
import io.hotdeal.Order;
import io.hotdeal.PaymentGateway;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A gateway that moves no money and takes its time. It keeps to the port's terms: one charge per
 * order id, the same answer to every repeat. It remembers a deal's charges until {@link #forget}.
 */
final class SimulatedPayments implements PaymentGateway, AutoCloseable {

  private static final ChargeResult CHARGED = new ChargeResult.Charged();
  private static final ChargeResult VOID = new ChargeResult.Declined("void");

  private final Map<String, Map<String, CompletableFuture<ChargeResult>>> charges =
      new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor clock;
  private final Duration duration;

  SimulatedPayments(Duration duration) {
    this.duration = duration;
    clock = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("hotdeal-demo-payments"));
  }

  @Override
  public CompletionStage<ChargeResult> charge(Order order) {
    return chargesOf(order.dealId()).computeIfAbsent(order.id(), id -> later());
  }

  @Override
  public CompletionStage<ChargeResult> statusOrVoid(Order order) {
    return chargesOf(order.dealId())
        .computeIfAbsent(order.id(), id -> CompletableFuture.completedFuture(VOID));
  }

  @Override
  public CompletionStage<?> refund(Order order) {
    return statusOrVoid(order);
  }

  /** The same payment for who waits for it, as the legacy flow does. */
  void sleep() {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while paying", e);
    }
  }

  /** What a HotDeal pays with: this, or nothing where it takes no time. */
  PaymentGateway asGateway() {
    return duration.isZero() ? PaymentGateway.none() : this;
  }

  /** Drops the memory of a deal that is closed. */
  void forget(String dealId) {
    charges.remove(dealId);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private Map<String, CompletableFuture<ChargeResult>> chargesOf(String dealId) {
    return charges.computeIfAbsent(dealId, id -> new ConcurrentHashMap<>());
  }

  private CompletableFuture<ChargeResult> later() {
    CompletableFuture<ChargeResult> charge = new CompletableFuture<>();
    Runnable charging = () -> charge.complete(CHARGED);
    var unused = clock.schedule(charging, duration.toNanos(), TimeUnit.NANOSECONDS);
    return charge;
  }
}
