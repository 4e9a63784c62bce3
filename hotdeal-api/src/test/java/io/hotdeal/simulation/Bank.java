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

  /** The payments of held orders, by payment id: the order id. */
  private final Map<String, String> payments = new HashMap<>();

  private final Set<String> refundedPayments = new HashSet<>();

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

  /** A buyer pays a held order on the payment page; false if it was voided before. */
  boolean pay(String orderId, String paymentId) {
    ChargeResult paid = new ChargeResult.Charged(paymentId);
    boolean accepted = verdicts.computeIfAbsent(orderId, id -> paid).equals(paid) || !voids;
    if (accepted) {
      payments.put(paymentId, orderId);
    }
    return accepted;
  }

  /** A buyer pays a held order in a way that nobody can void. */
  void payElsewhere(String orderId, String paymentId) {
    payments.put(paymentId, orderId);
  }

  boolean keepsPayment(String paymentId) {
    return payments.containsKey(paymentId) && !refundedPayments.contains(paymentId);
  }

  long paymentsKeptOf(String orderId) {
    return payments.entrySet().stream()
        .filter(it -> it.getValue().equals(orderId) && keepsPayment(it.getKey()))
        .count();
  }

  void refundPayment(String paymentId) {
    refundedPayments.add(paymentId);
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
    if (verdicts.get(order.id()) instanceof ChargeResult.Charged charged) {
      refunded.add(order.id());
      if (charged.paymentId() != null) {
        refundPayment(charged.paymentId());
      }
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

      @Override
      public CompletionStage<?> refund(Order order, String paymentId) {
        return call(
            "refund " + paymentId,
            () -> {
              refundPayment(paymentId);
              return VOIDED;
            });
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
