package io.hotdeal.faults;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The payment gateway's books, by deal and order id. It lives in the harness, so it outlives every
 * seller, and a charge happens at most once per key.
 */
final class Bank {

  /** What became of a key's money. */
  enum Money {
    TAKEN,
    /** Not taken, and never will be. */
    VOID,
    GIVEN_BACK
  }

  private static final int DECLINED_PERCENT = 4;

  private final Map<String, Map<String, Money>> deals = new ConcurrentHashMap<>();

  /** Takes the money once; some buyers have none. */
  Money charge(String dealId, String orderId) {
    return books(dealId)
        .computeIfAbsent(orderId, id -> hasMoney(dealId, id) ? Money.TAKEN : Money.VOID);
  }

  /** Whether the money was taken; if not, it never will be. */
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

  /** The money of every order of a deal that was asked about. */
  Map<String, Money> books(String dealId) {
    return deals.computeIfAbsent(dealId, id -> new ConcurrentHashMap<>());
  }

  private static boolean hasMoney(String dealId, String orderId) {
    return Math.floorMod((dealId + orderId).hashCode() * 31, 100) >= DECLINED_PERCENT;
  }
}
