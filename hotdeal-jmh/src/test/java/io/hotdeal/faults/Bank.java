package io.hotdeal.faults;

import java.util.Map;
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

  /** Charges once; some payments are declined. */
  Money charge(String dealId, String orderId) {
    return books(dealId)
        .computeIfAbsent(orderId, id -> hasMoney(dealId, id) ? Money.TAKEN : Money.VOID);
  }

  /** Whether the order was charged; if not, it never will be. */
  Money statusOrVoid(String dealId, String orderId) {
    return books(dealId).computeIfAbsent(orderId, id -> Money.VOID);
  }

  Money refund(String dealId, String orderId) {
    return books(dealId)
        .compute(orderId, (id, money) -> money == Money.TAKEN ? Money.GIVEN_BACK : voided(money));
  }

  private static Money voided(Money money) {
    return money == null ? Money.VOID : money;
  }

  /** The state of every payment of a deal for which there was a request. */
  Map<String, Money> books(String dealId) {
    return deals.computeIfAbsent(dealId, id -> new ConcurrentHashMap<>());
  }

  private static boolean hasMoney(String dealId, String orderId) {
    return Math.floorMod((dealId + orderId).hashCode() * 31, 100) >= DECLINED_PERCENT;
  }
}
