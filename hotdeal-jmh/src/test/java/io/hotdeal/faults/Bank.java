package io.hotdeal.faults;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The payment gateway's records, by deal and order id. They are kept in the harness, so they
 * outlive every seller, and a charge happens at most once per key.
 */
final class Bank {

  /** The state of a payment. */
  enum Money {
    TAKEN,
    /** Not charged, and never will be. */
    VOID,
    GIVEN_BACK
  }

  private static final int DECLINED_PERCENT = 4;

  private final Map<String, Map<String, Money>> deals = new ConcurrentHashMap<>();

  /** The payments of held orders, by id. */
  private final Map<String, Payment> payments = new ConcurrentHashMap<>();

  /** The ids of those that were refunded. */
  private final Set<String> refunded = ConcurrentHashMap.newKeySet();

  /** Charges once; some payments are declined. */
  Money charge(String dealId, String orderId) {
    return decisions(dealId)
        .computeIfAbsent(orderId, id -> hasMoney(dealId, id) ? Money.TAKEN : Money.VOID);
  }

  /** Whether the order was charged; if not, it never will be. */
  Money statusOrVoid(String dealId, String orderId) {
    return decisions(dealId).computeIfAbsent(orderId, id -> Money.VOID);
  }

  Money refund(String dealId, String orderId) {
    pagePayment(dealId, orderId).ifPresent(payment -> refunded.add(payment.id()));
    return decisions(dealId)
        .compute(orderId, (id, money) -> money == Money.TAKEN ? Money.GIVEN_BACK : voided(money));
  }

  private static Money voided(Money money) {
    return money == null ? Money.VOID : money;
  }

  /** A buyer pays a held order; false if the page has ended, or was paid before. */
  boolean pay(Payment payment) {
    boolean[] accepted = {payment.way() == Payment.Way.TRANSFER};
    if (accepted[0]) {
      payments.put(payment.id(), payment);
    } else {
      decisions(payment.dealId())
          .computeIfAbsent(
              payment.orderId(),
              id -> {
                payments.put(payment.id(), payment);
                accepted[0] = true;
                return Money.TAKEN;
              });
    }
    return accepted[0];
  }

  /** The payment that was made on the page of a held order. */
  Optional<Payment> pagePayment(String dealId, String orderId) {
    String id = new Payment(Payment.Way.PAGE, dealId, orderId).id();
    return Optional.ofNullable(payments.get(id));
  }

  /** Refunds one payment of a held order, once. */
  Money refund(String paymentId) {
    refunded.add(paymentId);
    return Money.GIVEN_BACK;
  }

  boolean isRefunded(Payment payment) {
    return refunded.contains(payment.id());
  }

  /** All payments of the held orders of a deal. */
  List<Payment> payments(String dealId) {
    return payments.values().stream().filter(it -> it.dealId().equals(dealId)).toList();
  }

  /**
   * Whose money is kept: the state of every order of a deal for which there was a request. That of
   * a held order follows from its payments, whatever happened to its page.
   */
  Map<String, Money> books(String dealId) {
    Map<String, Money> books = new HashMap<>(decisions(dealId));
    List<Payment> payments = payments(dealId);
    payments.forEach(payment -> books.put(payment.orderId(), Money.GIVEN_BACK));
    payments.stream()
        .filter(payment -> !isRefunded(payment))
        .forEach(payment -> books.put(payment.orderId(), Money.TAKEN));
    return books;
  }

  /** What is decided about the charge of an order, or about its payment page. */
  private Map<String, Money> decisions(String dealId) {
    return deals.computeIfAbsent(dealId, id -> new ConcurrentHashMap<>());
  }

  private static boolean hasMoney(String dealId, String orderId) {
    return Math.floorMod((dealId + orderId).hashCode() * 31, 100) >= DECLINED_PERCENT;
  }
}
