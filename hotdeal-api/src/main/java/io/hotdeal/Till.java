package io.hotdeal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway as the protocol uses it: asked again, with the same key, until it is definite. */
final class Till {

  private static final Logger LOG = LoggerFactory.getLogger(Till.class);

  private final PaymentGateway gateway;
  private final Retry retry;
  private final Duration timeout;

  /**
   * Opens the till.
   *
   * @param timeout how long one answer is waited for
   */
  Till(PaymentGateway gateway, Retry retry, Duration timeout) {
    this.gateway = gateway;
    this.retry = retry;
    this.timeout = timeout;
  }

  /** Never fails: what cannot be learned is Unknown. */
  CompletableFuture<ChargeResult> charge(Order order) {
    return retry.until(
        result -> !(result instanceof ChargeResult.Unknown),
        () -> ask(() -> gateway.charge(order)));
  }

  /** Ends a charge in doubt. Never fails: what cannot be learned is Unknown. */
  CompletableFuture<ChargeResult> statusOrVoid(Order order) {
    return ask(() -> gateway.statusOrVoid(order));
  }

  /** Sees to it that no money is kept, and none taken later; false where that is not certain. */
  CompletableFuture<Boolean> voidOrRefund(Order order) {
    return statusOrVoid(order)
        .thenCompose(
            result ->
                result instanceof ChargeResult.Charged
                    ? refund(order)
                    : CompletableFuture.completedFuture(isDefinite(order, result)));
  }

  /** Gives back what was taken; false where that is not certain. */
  CompletableFuture<Boolean> refund(Order order) {
    return ask(() -> gateway.refund(order).thenApply(done -> new ChargeResult.Declined("refunded")))
        .thenApply(result -> isDefinite(order, result));
  }

  private static boolean isDefinite(Order order, ChargeResult result) {
    if (result instanceof ChargeResult.Unknown unknown) {
      LOG.error("the refund of {} is in doubt: {}", order, unknown.reason());
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
    } catch (Throwable broken) { // checked exceptions of other languages included
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
