package io.hotdeal.testkit;

import io.hotdeal.ChargeResult;
import io.hotdeal.Order;
import io.hotdeal.PaymentGateway;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A gateway that records its decisions by order id, and gives the answers that a test sets. */
public final class ScriptedGateway implements PaymentGateway {

  private final Map<String, ChargeResult> verdicts = new HashMap<>();
  private final Map<String, Deque<ChargeResult>> script = new HashMap<>();
  public final List<String> charged = new ArrayList<>();
  public final List<String> refunded = new ArrayList<>();
  public final List<String> refundedPayments = new ArrayList<>();
  public Runnable beforeCharge = () -> {};
  public boolean refundsFail;
  public boolean statusUnknown;
  public int calls;

  public synchronized void answers(String orderId, ChargeResult... results) {
    script.put(orderId, new ArrayDeque<>(List.of(results)));
  }

  @Override
  public synchronized CompletionStage<ChargeResult> charge(Order order) {
    calls++;
    beforeCharge.run();
    Deque<ChargeResult> answers = script.getOrDefault(order.id(), new ArrayDeque<>());
    ChargeResult next = answers.isEmpty() ? new ChargeResult.Charged() : answers.remove();
    if (next instanceof ChargeResult.Unknown) {
      return CompletableFuture.completedFuture(next);
    }
    ChargeResult stands = verdicts.computeIfAbsent(order.id(), id -> decided(id, next));
    return CompletableFuture.completedFuture(stands);
  }

  /** The buyer has paid on a payment page, unless the order is voided. */
  public synchronized void paid(String orderId, String paymentId) {
    verdicts.putIfAbsent(orderId, new ChargeResult.Charged(paymentId));
  }

  private ChargeResult decided(String orderId, ChargeResult verdict) {
    if (verdict instanceof ChargeResult.Charged) {
      charged.add(orderId);
    }
    return verdict;
  }

  @Override
  public synchronized CompletionStage<ChargeResult> statusOrVoid(Order order) {
    if (statusUnknown) {
      return CompletableFuture.completedFuture(new ChargeResult.Unknown("by the test"));
    }
    return CompletableFuture.completedFuture(
        verdicts.computeIfAbsent(order.id(), id -> new ChargeResult.Declined("voided")));
  }

  @Override
  public synchronized CompletionStage<?> refund(Order order) {
    if (refundsFail) {
      return CompletableFuture.failedFuture(new IllegalStateException("refund failed"));
    }
    if (verdicts.get(order.id()) instanceof ChargeResult.Charged) {
      refunded.add(order.id());
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<?> refund(Order order, String paymentId) {
    if (refundsFail) {
      return CompletableFuture.failedFuture(new IllegalStateException("refund failed"));
    }
    if (!refundedPayments.contains(paymentId)) {
      refundedPayments.add(paymentId);
    }
    return CompletableFuture.completedFuture(null);
  }
}
