package io.hotdeal.oracle.internal.store;

import io.hotdeal.HotDealException;
import io.hotdeal.Order;
import io.hotdeal.oracle.internal.jdbc.ConstraintViolation;
import io.hotdeal.oracle.internal.jdbc.TransactionRunner;
import io.hotdeal.spi.CallsByDeal;
import io.hotdeal.spi.DealBusyException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A call of orders of several deals: one transaction for as many deals as can be written without
 * waiting for any of them, and then one for each of the others. If the database refuses a row, the
 * deals are split in halves. Not thread-safe: one object per call.
 */
final class DealsTogether<R> {

  /**
   * What a transaction of several deals did.
   *
   * @param answers by deal id; the orders of other deals are as they were
   * @param busy the deals that another transaction has locked
   * @param inDoubt whether an earlier attempt of it may have taken effect
   */
  record Outcome<R>(Map<String, List<R>> answers, Set<String> busy, boolean inDoubt) {

    /** Nothing was written. */
    static <R> Outcome<R> none() {
      return new Outcome<>(Map.of(), Set.of(), false);
    }

    /** Nothing was written by this attempt. */
    static <R> Outcome<R> noneButInDoubt() {
      return new Outcome<>(Map.of(), Set.of(), true);
    }
  }

  /** A transaction of several deals. */
  @FunctionalInterface
  interface Together<R> {
    Outcome<R> write(TransactionRunner transactions, Map<String, List<Order>> ordersByDeal)
        throws ConstraintViolation;
  }

  /** A call of one deal. */
  @FunctionalInterface
  interface Alone<R> {
    List<R> call(TransactionRunner transactions, List<Order> orders);
  }

  private final JdbcStore store;
  private final Together<R> together;
  private final Alone<R> alone;
  private final Map<String, List<R>> results = new HashMap<>();
  private final Map<String, HotDealException> failures = new LinkedHashMap<>();
  private boolean inDoubt;

  DealsTogether(JdbcStore store, Together<R> together, Alone<R> alone) {
    this.store = store;
    this.together = together;
    this.alone = alone;
  }

  /** Makes the call. */
  List<R> run(List<Order> orders) {
    Map<String, List<Order>> byDeal = CallsByDeal.byDeal(orders);
    TransactionRunner transactions = store.transactionsFor(orders);
    if (byDeal.size() == 1) {
      return alone.call(transactions, orders);
    }
    writeTogether(transactions, byDeal);
    byDeal.forEach(
        (dealId, some) -> {
          if (!results.containsKey(dealId) && !failures.containsKey(dealId)) {
            callAlone(dealId, some, transactions);
          }
        });
    return CallsByDeal.merged(orders, results, failures);
  }

  private void writeTogether(TransactionRunner transactions, Map<String, List<Order>> byDeal) {
    if (byDeal.size() < 2 || inDoubt) {
      return;
    }
    try {
      Outcome<R> outcome = together.write(transactions, byDeal);
      results.putAll(outcome.answers);
      outcome.busy.forEach(dealId -> failures.put(dealId, new DealBusyException(dealId)));
      inDoubt |= outcome.inDoubt;
    } catch (ConstraintViolation refused) {
      writeHalves(transactions, byDeal);
    } catch (HotDealException e) {
      byDeal.keySet().forEach(dealId -> failures.put(dealId, e));
    }
  }

  private void writeHalves(TransactionRunner transactions, Map<String, List<Order>> byDeal) {
    Map<String, List<Order>> first = new LinkedHashMap<>();
    Map<String, List<Order>> second = new LinkedHashMap<>();
    byDeal.forEach(
        (dealId, orders) ->
            (2 * first.size() < byDeal.size() ? first : second).put(dealId, orders));
    writeTogether(transactions, first);
    writeTogether(transactions, second);
  }

  /** After a commit in doubt, its orders may be there, or appear: none is a first attempt. */
  private void callAlone(String dealId, List<Order> orders, TransactionRunner inDoubtOnes) {
    try {
      results.put(
          dealId,
          inDoubt
              ? alone.call(inDoubtOnes, orders.stream().map(Order::asPossibleRetry).toList())
              : alone.call(store.transactionsFor(orders), orders));
    } catch (HotDealException e) {
      failures.put(dealId, e);
    }
  }
}
