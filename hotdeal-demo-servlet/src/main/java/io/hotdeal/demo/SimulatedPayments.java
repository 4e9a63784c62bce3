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
 * A payment gateway that only waits. It is idempotent as its port demands: one charge per order id,
 * the same answer to every repeat. It keeps a deal's charges in memory until {@link #forget}.
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

  /** A buyer pays a held order on the payment page, unless it was voided. */
  void pay(String dealId, String orderId, String paymentId) {
    ChargeResult paid = new ChargeResult.Charged(paymentId);
    chargesOf(dealId).putIfAbsent(orderId, CompletableFuture.completedFuture(paid));
  }

  @Override
  public CompletionStage<?> refund(Order order) {
    return statusOrVoid(order);
  }

  @Override
  public CompletionStage<?> refund(Order order, String paymentId) {
    return CompletableFuture.completedFuture(paymentId);
  }

  /** The same payment for the legacy flow: blocks for its duration. */
  void sleep() {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while paying", e);
    }
  }

  /** The gateway for a HotDeal: this, or none if the duration is zero. */
  PaymentGateway asGateway() {
    return duration.isZero() ? PaymentGateway.none() : this;
  }

  /** Removes the charges of a closed deal. */
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
