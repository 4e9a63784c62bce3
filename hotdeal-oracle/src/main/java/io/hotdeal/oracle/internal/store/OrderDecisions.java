package io.hotdeal.oracle.internal.store;

import io.hotdeal.Order;
import io.hotdeal.UnknownDealException;
import io.hotdeal.oracle.internal.jdbc.ConstraintViolation;
import io.hotdeal.oracle.internal.jdbc.TransactionRunner;
import io.hotdeal.spi.OrderState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The confirms and cancels of one call, each batch in one transaction if the database refuses no
 * row. For a row that it refuses to change or to write, the result is the state that stands.
 *
 * <p>Not thread-safe: one object per call.
 */
final class OrderDecisions {

  private final DealTables tables;
  private final TransactionRunner transactions;

  OrderDecisions(DealTables tables, TransactionRunner transactions) {
    this.tables = tables;
    this.transactions = transactions;
  }

  /**
   * @param orders at least one, all of one deal
   */
  List<OrderState> confirm(List<Order> orders) {
    return BatchSplitter.run(
        orders,
        some -> transactions.writeKeyed(new ConfirmBatch(tables, some)),
        (order, refused) -> state(standing(order)));
  }

  /**
   * @param orders at least one, all of one deal
   */
  List<OrderState> cancel(List<Order> orders) {
    return BatchSplitter.run(
        orders, this::cancelTogether, (order, refused) -> cancelRefused(order));
  }

  private List<OrderState> cancelTogether(List<Order> orders) throws ConstraintViolation {
    return transactions
        .writeKeyed(new CancelBatch(tables, orders))
        .orElseThrow(() -> new UnknownDealException(orders.get(0).dealId()));
  }

  /**
   * The state of an order whose cancel the database refused. If the row has changed since the
   * refusal, another transaction interfered and the cancel is retried: at most twice, as a row
   * appears once and changes once. If it has not, the row itself is what the database refuses.
   */
  private OrderState cancelRefused(Order order) {
    @Nullable OrderState seen = null;
    while (true) {
      Optional<OrderRow> standing = standing(order);
      OrderState state = state(standing);
      if (state == seen || !isOpen(standing, order)) {
        return state;
      }
      try {
        return cancelTogether(List.of(order)).get(0);
      } catch (ConstraintViolation again) {
        seen = state;
      }
    }
  }

  private Optional<OrderRow> standing(Order order) {
    return transactions.read(connection -> tables.order(connection, order.dealId(), order.id()));
  }

  private static OrderState state(Optional<OrderRow> row) {
    return row.map(OrderRow::state).orElse(OrderState.ABSENT);
  }

  /** Whether a cancel would write: there is no row, or it is this order's and RESERVED. */
  private static boolean isOpen(Optional<OrderRow> row, Order order) {
    return row.isEmpty()
        || (state(row) == OrderState.RESERVED && row.get().order().sameContentAs(order));
  }
}
