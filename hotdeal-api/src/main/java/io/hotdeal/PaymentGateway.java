package io.hotdeal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes the money. Every method is keyed by the order's deal and id together, because an id is
 * unique within its deal only: the same order again is never charged twice, and answers what the
 * first call did.
 *
 * <p>A time-out is {@link ChargeResult.Unknown}, never a decline. A stage that fails, or a method
 * that throws, is read as unknown. Called outside every lock and transaction, from HotDeal's
 * threads, and must not block them.
 */
public interface PaymentGateway {

  /** Charges the order's buyer, once. */
  CompletionStage<ChargeResult> charge(Order order);

  /**
   * Ends a charge in doubt: answers Charged if the money was taken, else makes sure that it never
   * will be under this key and answers Declined.
   */
  CompletionStage<ChargeResult> statusOrVoid(Order order);

  /** Gives the money of a charge back, once; nothing where none was taken. */
  CompletionStage<?> refund(Order order);

  /** The gateway of items that cost nothing: orders are PAID as soon as they are in the log. */
  static PaymentGateway none() {
    return NoPayment.INSTANCE;
  }

  /**
   * A gateway whose calls block, run on an executor of the caller's.
   *
   * @param executor has as many threads as payments may be under way at once
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
