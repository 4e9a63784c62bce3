package io.hotdeal.oracle.internal.store;

import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.ReserveResult;
import io.hotdeal.oracle.internal.jdbc.ConstraintViolation;
import io.hotdeal.oracle.internal.jdbc.TransactionRunner;
import io.hotdeal.spi.CallsByDeal;
import io.hotdeal.spi.OrderState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A strategy that reserves each order in a transaction of its own, which locks the deal's row first
 * and takes the payment while it is locked; not for an order that is paid elsewhere.
 */
public final class RowLockReserve implements ReserveStrategy {

  private final JdbcStore store;
  private final Consumer<Order> payment;

  public RowLockReserve(JdbcStore store, Consumer<Order> payment) {
    this.store = store;
    this.payment = payment;
  }

  @Override
  public boolean combinesDeals() {
    return false;
  }

  @Override
  public List<ReserveResult> reserve(List<Order> orders, OrderState as) {
    return CallsByDeal.call(orders, some -> reserveOfOneDeal(some, as));
  }

  private List<ReserveResult> reserveOfOneDeal(List<Order> orders, OrderState as) {
    TransactionRunner transactions = store.transactionsFor(orders);
    List<ReserveResult> results = new ArrayList<>(orders.size());
    for (Order order : orders) {
      results.add(reserve(order, as, transactions));
    }
    return results;
  }

  private ReserveResult reserve(Order order, OrderState as, TransactionRunner transactions) {
    try {
      return transactions.writeKeyed(connection -> reserve(connection, order, as));
    } catch (ConstraintViolation e) {
      return new ReserveResult.Rejected(e.asNothingHappened());
    } catch (PaymentDeclined e) {
      return new ReserveResult.Rejected(
          new NothingHappenedException("the payment was declined", e.getCause()));
    }
  }

  private ReserveResult reserve(Connection connection, Order order, OrderState as)
      throws SQLException {
    Optional<DealRow> deal = store.tables().lockDeal(connection, order.dealId());
    BatchSnapshot snapshot = store.tables().snapshot(connection, deal, List.of(order));
    Instant now = store.tables().now();
    RowRule rule = RowRule.orders(as);
    AllocationPlan<ReserveResult> plan =
        AllocationPlan.of(List.of(order), rule, snapshot, now, ReserveResults.INSTANCE);
    if (deal.isEmpty() || plan.rows().isEmpty()) {
      return plan.answers().get(0);
    }
    long left =
        store
            .tables()
            .takeUnits(connection, deal.get(), order.quantity(), now, plan.events())
            .orElseThrow(() -> new SQLException("the locked row changed", "40001"));
    store.tables().insertOrders(connection, plan.rows());
    if (!store.tables().addToBuyers(connection, deal.get(), List.of(order))) {
      throw new SQLException("the buyer's units changed", "40001");
    }
    store.tables().sold(connection, plan::sales);
    if (as == OrderState.PAID && !order.isHold()) {
      pay(order);
    }
    return plan.answers(left).get(0);
  }

  private void pay(Order order) {
    try {
      payment.accept(order);
    } catch (RuntimeException e) {
      throw new PaymentDeclined(e);
    }
  }

  /** Thrown out of the transaction body to roll back when the payment is declined. */
  private static final class PaymentDeclined extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PaymentDeclined(@Nullable Throwable cause) {
      super(cause);
    }
  }
}
