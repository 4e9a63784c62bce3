package io.hotdeal.oracle;

import io.hotdeal.Order;
import io.hotdeal.spi.OrderState;
import io.hotdeal.UnknownDealException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Confirms and cancels orders, each batch in one transaction if it can be. A row that the database
 * refuses to change, or to write, is answered with the state that stands.
 *
 * <p>Not thread-safe: one object per call.
 */
final class Verdicts {

  private final Ledger ledger;
  private final Attempts attempts;

  Verdicts(Ledger ledger, Attempts attempts) {
    this.ledger = ledger;
    this.attempts = attempts;
  }

  /**
   * @param orders at least one, all of one deal
   */
  List<OrderState> confirm(List<Order> orders) {
    return Halving.of(
        orders,
        some -> attempts.writeKeyed(new Confirming(ledger, some)),
        (order, refused) -> state(standing(order)));
  }

  /**
   * @param orders at least one, all of one deal
   */
  List<OrderState> cancel(List<Order> orders) {
    return Halving.of(orders, this::cancelTogether, (order, refused) -> cancelRefused(order));
  }

  private List<OrderState> cancelTogether(List<Order> orders) throws Violation {
    return attempts
        .writeKeyed(new Cancelling(ledger, orders))
        .orElseThrow(() -> new UnknownDealException(orders.get(0).dealId()));
  }

  /**
   * A refusal was a race if the row looks otherwise than before, and then it is done again: at most
   * twice, as a row appears once and changes once. Where the row looks the same, or is absent
   * still, it is the row itself that the database refuses.
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
      } catch (Violation again) {
        seen = state;
      }
    }
  }

  private Optional<OrderRow> standing(Order order) {
    return attempts.read(connection -> ledger.order(connection, order.dealId(), order.id()));
  }

  private static OrderState state(Optional<OrderRow> row) {
    return row.map(it -> OrderState.valueOf(it.status())).orElse(OrderState.ABSENT);
  }

  /** Whether a cancel would write: there is no row, or it is this order's and RESERVED. */
  private static boolean isOpen(Optional<OrderRow> row, Order order) {
    return row.isEmpty()
        || (state(row) == OrderState.RESERVED && row.get().order().sameContentAs(order));
  }
}
