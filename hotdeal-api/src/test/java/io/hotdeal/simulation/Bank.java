package io.hotdeal.simulation;

import io.hotdeal.ChargeResult;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.PaymentGateway;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The payment provider, whose decision per order id is final. */
final class Bank {

  private static final ChargeResult CHARGED = new ChargeResult.Charged();
  private static final ChargeResult DECLINED = new ChargeResult.Declined("no funds");
  private static final ChargeResult VOIDED = new ChargeResult.Declined("voided");

  private final World world;
  private final int declinesOneIn;
  private final boolean voids;
  private final Map<String, ChargeResult> verdicts = new HashMap<>();
  private final Set<String> refunded = new HashSet<>();

  /**
   * Creates a bank without any charge.
   *
   * @param declinesOneIn one charge in so many is declined; 0 for none
   * @param voids whether {@code statusOrVoid} really prevents a later charge
   */
  Bank(World world, int declinesOneIn, boolean voids) {
    this.world = world;
    this.declinesOneIn = declinesOneIn;
    this.voids = voids;
  }

  boolean keepsMoneyOf(String orderId) {
    return CHARGED.equals(verdicts.get(orderId)) && !refunded.contains(orderId);
  }

  private ChargeResult charge(Order order) {
    return verdicts.computeIfAbsent(
        order.id(),
        id -> declinesOneIn > 0 && world.choices.oneIn(declinesOneIn) ? DECLINED : CHARGED);
  }

  private ChargeResult statusOrVoid(Order order) {
    return voids
        ? verdicts.computeIfAbsent(order.id(), id -> VOIDED)
        : verdicts.getOrDefault(order.id(), VOIDED);
  }

  private ChargeResult refund(Order order) {
    if (CHARGED.equals(verdicts.get(order.id()))) {
      refunded.add(order.id());
    }
    return VOIDED;
  }

  /** The bank as the gateway of one process. */
  PaymentGateway reachedFrom(Jvm process, Faults faults) {
    return new PaymentGateway() {
      @Override
      public CompletionStage<ChargeResult> charge(Order order) {
        return call("charge " + order.id(), () -> Bank.this.charge(order));
      }

      @Override
      public CompletionStage<ChargeResult> statusOrVoid(Order order) {
        return call("status or void " + order.id(), () -> Bank.this.statusOrVoid(order));
      }

      @Override
      public CompletionStage<?> refund(Order order) {
        return call("refund " + order.id(), () -> Bank.this.refund(order));
      }

      /** Answers in a separate event, so that other events may happen in between. */
      private CompletableFuture<ChargeResult> call(String what, Supplier<ChargeResult> effect) {
        CompletableFuture<ChargeResult> answer = new CompletableFuture<>();
        process.execute(
            () -> {
              try {
                answer.complete(faults.call(process, what, effect));
              } catch (OutcomeUnknownException e) {
                world.tell("no answer of the bank reaches the HotDeal");
              } catch (RuntimeException | Jvm.Died e) {
                answer.completeExceptionally(e);
              }
            });
        return answer;
      }
    };
  }
}
