package io.hotdeal.internal.client;

import io.hotdeal.ChargeResult;
import io.hotdeal.Order;
import io.hotdeal.PaymentGateway;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.internal.resilience.Retry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The payment gateway as the order flow uses it: a charge is retried while its outcome is unknown.
 */
public final class PaymentClient {

  private final PaymentGateway gateway;
  private final Retry retry;
  private final Duration timeout;
  private final EventPublisher events;

  /**
   * Creates the client.
   *
   * @param retry the retries of a charge
   * @param timeout the time-out of one call
   */
  public PaymentClient(
      PaymentGateway gateway, Retry retry, Duration timeout, EventPublisher events) {
    this.gateway = gateway;
    this.retry = retry;
    this.timeout = timeout;
    this.events = events;
  }

  /** Charges the order. Never fails: an error or a time-out is Unknown. */
  public CompletableFuture<ChargeResult> charge(Order order) {
    return retry.until(
        result -> !(result instanceof ChargeResult.Unknown),
        () -> ask(() -> gateway.charge(order)));
  }

  /** Resolves a charge in doubt. Never fails: an error or a time-out is Unknown. */
  public CompletableFuture<ChargeResult> statusOrVoid(Order order) {
    return ask(() -> gateway.statusOrVoid(order));
  }

  /**
   * Voids or refunds the order's charge.
   *
   * @return whether it is certain that no money is kept and none will be taken
   */
  public CompletableFuture<Boolean> voidOrRefund(Order order) {
    return statusOrVoid(order)
        .thenCompose(
            result ->
                result instanceof ChargeResult.Charged
                    ? refund(order)
                    : CompletableFuture.completedFuture(isDefinite(order, result)));
  }

  /** Whether there is a gateway; without one, nobody can tell whether a held order is paid. */
  public boolean hasGateway() {
    return gateway != PaymentGateway.none();
  }

  /**
   * Refunds the charge.
   *
   * @return whether the refund is certain
   */
  public CompletableFuture<Boolean> refund(Order order) {
    return refund(order, () -> gateway.refund(order));
  }

  /**
   * Refunds one payment of a held order.
   *
   * @return whether the refund is certain
   */
  public CompletableFuture<Boolean> refund(Order order, String paymentId) {
    return refund(order, () -> gateway.refund(order, paymentId));
  }

  private CompletableFuture<Boolean> refund(Order order, Supplier<CompletionStage<?>> call) {
    return ask(() -> call.get().thenApply(done -> new ChargeResult.Declined("refunded")))
        .thenApply(result -> isDefinite(order, result));
  }

  private boolean isDefinite(Order order, ChargeResult result) {
    if (result instanceof ChargeResult.Unknown unknown) {
      events.publish(listener -> listener.refundInDoubt(order, unknown.reason()));
      return false;
    }
    return true;
  }

  private CompletableFuture<ChargeResult> ask(
      Supplier<? extends CompletionStage<? extends ChargeResult>> call) {
    CompletableFuture<ChargeResult> answer = new CompletableFuture<>();
    try {
      var unused =
          call.get().whenComplete((result, broken) -> answer.complete(orUnknown(result, broken)));
    } catch (Throwable broken) { // other JVM languages may throw checked exceptions
      answer.complete(orUnknown(null, broken));
    }
    return answer.isDone() ? answer : withinTimeout(answer);
  }

  private CompletableFuture<ChargeResult> withinTimeout(CompletableFuture<ChargeResult> answer) {
    ChargeResult late = new ChargeResult.Unknown("no answer within " + timeout);
    ScheduledFuture<?> alarm = retry.later(timeout.toNanos(), () -> answer.complete(late));
    return answer.whenComplete((result, broken) -> alarm.cancel(false));
  }

  private static ChargeResult orUnknown(@Nullable ChargeResult result, @Nullable Throwable broken) {
    return result != null ? result : new ChargeResult.Unknown(String.valueOf(broken));
  }
}
