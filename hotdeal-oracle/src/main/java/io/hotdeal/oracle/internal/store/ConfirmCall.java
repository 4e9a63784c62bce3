package io.hotdeal.oracle.internal.store;

import io.hotdeal.Order;
import io.hotdeal.oracle.internal.jdbc.ConstraintViolation;
import io.hotdeal.oracle.internal.jdbc.TransactionRunner;
import io.hotdeal.spi.OrderState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A call that confirms orders of any deals: those of all deals without events in one transaction,
 * which locks no deal. Not thread-safe: one object per call.
 */
final class ConfirmCall {

  private final JdbcStore store;

  ConfirmCall(JdbcStore store) {
    this.store = store;
  }

  /**
   * @param orders at least one
   */
  List<OrderState> confirm(List<Order> orders) {
    return new DealsTogether<OrderState>(
            store,
            this::together,
            (transactions, some) -> new OrderDecisions(store.tables(), transactions).confirm(some))
        .run(orders);
  }

  private DealsTogether.Outcome<OrderState> together(
      TransactionRunner transactions, Map<String, List<Order>> byDeal) throws ConstraintViolation {
    List<Order> orders = new ArrayList<>();
    byDeal.forEach(
        (dealId, some) -> {
          if (isWithoutEvents(dealId)) {
            orders.addAll(some);
          }
        });
    if (orders.isEmpty()) {
      return DealsTogether.Outcome.none();
    }
    List<OrderState> states = transactions.writeKeyed(new ConfirmBatch(store.tables(), orders));
    Map<String, List<OrderState>> answers = new HashMap<>();
    for (int i = 0; i < orders.size(); i++) {
      answers.computeIfAbsent(orders.get(i).dealId(), id -> new ArrayList<>()).add(states.get(i));
    }
    return new DealsTogether.Outcome<>(answers, Set.of(), false);
  }

  /** Of a deal that this process has not read yet, nothing is known: it is called alone. */
  private boolean isWithoutEvents(String dealId) {
    return store.tables().cache().get(dealId).filter(deal -> !deal.hasEvents()).isPresent();
  }
}
