package io.hotdeal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The payment service that charges buyers. Every method is idempotent, with the order's deal and id
 * together as the key (an id is unique only within its deal): an order is never charged twice, and
 * a repeated call returns the result of the first.
 *
 * <p>A time-out is {@link ChargeResult.Unknown}, never a decline. A stage that fails, or a method
 * that throws, counts as unknown. Methods are called outside every lock and transaction,
 * concurrently, and must not block.
 */
public interface PaymentGateway {

  /** Charges the order's buyer, once. */
  CompletionStage<ChargeResult> charge(Order order);

  /**
   * Resolves a charge whose outcome is unknown: returns Charged if the money was taken; otherwise
   * voids the key, so that it can never be charged, and returns Declined.
   */
  CompletionStage<ChargeResult> statusOrVoid(Order order);

  /**
   * Refunds a charge, once; does nothing if no money was taken.
   *
   * @return completes with any value once the refund is certain; if it fails, the refund is in
   *     doubt
   */
  CompletionStage<?> refund(Order order);

  /**
   * Refunds one payment of a held order, once: one that came too late, or a second one. Other
   * payments of the same order stay as they are. Needed for {@link HotDeal#confirm}; a gateway that
   * does not implement it leaves such refunds in doubt.
   *
   * @param paymentId the payment that {@link HotDeal#confirm} was given
   * @return as {@link #refund(Order)}
   */
  default CompletionStage<?> refund(Order order, String paymentId) {
    return CompletableFuture.failedStage(
        new UnsupportedOperationException(
            "this gateway cannot refund payment "
                + paymentId
                + " of order "
                + order.id()
                + ": implement PaymentGateway.refund(Order, String)"));
  }

  /** The gateway for deals without payment: orders are written to the log as PAID at once. */
  static PaymentGateway none() {
    return NoPayment.INSTANCE;
  }

  /**
   * Creates a gateway from blocking calls.
   *
   * @param executor runs the calls, with as many threads as payments may be under way at once; the
   *     caller shuts it down
   */
  static PaymentGateway blocking(
      Function<Order, ChargeResult> charge,
      Function<Order, ChargeResult> statusOrVoid,
      Consumer<Order> refund,
      Executor executor) {
    return new PaymentGateway() {
      @Override
      public CompletionStage<ChargeResult> charge(Order order) {
        return CompletableFuture.supplyAsync(() -> charge.apply(order), executor);
      }

      @Override
      public CompletionStage<ChargeResult> statusOrVoid(Order order) {
        return CompletableFuture.supplyAsync(() -> statusOrVoid.apply(order), executor);
      }

      @Override
      public CompletionStage<?> refund(Order order) {
        return CompletableFuture.runAsync(() -> refund.accept(order), executor);
      }
    };
  }
}
