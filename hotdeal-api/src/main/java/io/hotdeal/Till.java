package io.hotdeal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway as the protocol uses it: asked again, with the same key, until it is definite. */
final class Till {

  private static final Logger LOG = LoggerFactory.getLogger(Till.class);

  private final PaymentGateway gateway;
  private final Retry retry;

  Till(PaymentGateway gateway, Retry retry) {
    this.gateway = gateway;
    this.retry = retry;
  }

  /** Never fails: what cannot be learned is Unknown. */
  CompletableFuture<ChargeResult> charge(Order order) {
    return retry.until(
        result -> !(result instanceof ChargeResult.Unknown), () -> ask(gateway::charge, order));
  }

  /** Gives back what was taken; a failure is told to the log file and to the resolver. */
  CompletableFuture<Boolean> refund(Order order) {
    CompletableFuture<Boolean> refunded = new CompletableFuture<>();
    try {
      gateway
          .refund(order)
          .whenComplete(
              (done, broken) -> {
                if (broken != null) {
                  LOG.error("refund of {} failed", order, broken);
                }
                refunded.complete(broken == null);
              });
    } catch (RuntimeException broken) {
      LOG.error("refund of {} failed", order, broken);
      refunded.complete(false);
    }
    return refunded;
  }

  private static CompletableFuture<ChargeResult> ask(
      Function<Order, CompletionStage<ChargeResult>> verb, Order order) {
    try {
      return verb.apply(order)
          .toCompletableFuture()
          .exceptionally(broken -> new ChargeResult.Unknown(broken.toString()));
    } catch (RuntimeException broken) {
      return CompletableFuture.completedFuture(new ChargeResult.Unknown(broken.toString()));
    }
  }
}
