package io.hotdeal.oracle;

import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.spi.OrderState;
import io.hotdeal.ReserveResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The flow that this library replaces, kept to be measured and demonstrated: do not sell with it.
 *
 * <p>Per order, one connection and one transaction: {@code SELECT QUANTITY … FOR UPDATE}, check,
 * {@code UPDATE}, {@code INSERT} the order as PAID, <em>pay</em>, {@code COMMIT}. Every buyer of
 * the deal queues on one row, which is locked while a stranger takes the money: a hot block.
 *
 * <p>It keeps the contract of the log nevertheless: orders are keyed, limits and windows hold. What
 * it cannot keep is one charge per order, unless the payment itself is keyed: a transaction that
 * fails after it was paid is done again. Everything but {@link #reserve} is as in {@link
 * OracleOrderLog}, durability, blocking and thread-safety too.
 */
public final class RowLockOrderLog extends Books {

  private final Consumer<Order> payment;

  RowLockOrderLog(DataSource dataSource, Consumer<Order> payment, LogClock clock) {
    super(dataSource, clock);
    this.payment = payment;
  }

  /**
   * A log that locks the deal's row for each order, on the database's clock.
   *
   * @param payment called for an order that is reserved as PAID, while the row is locked; it blocks
   *     until the money is taken, and throws to decline: the order is Rejected and nothing is
   *     written
   */
  public static RowLockOrderLog selectForUpdate(DataSource dataSource, Consumer<Order> payment) {
    return new RowLockOrderLog(dataSource, payment, databaseClock(InstantSource.system()));
  }

  /** The same log on this clock alone, whatever the database's says: for tests. */
  public RowLockOrderLog withClock(InstantSource clock) {
    return new RowLockOrderLog(dataSource(), payment, LogClock.given(clock));
  }

  @Override
  public List<ReserveResult> reserve(List<Order> orders, OrderState as) {
    requireWritable(as);
    if (orders.isEmpty()) {
      return List.of();
    }
    Order.commonDealOf(orders);
    Attempts attempts = attempts();
    List<ReserveResult> results = new ArrayList<>(orders.size());
    for (Order order : orders) {
      results.add(reserve(order, as, attempts));
    }
    return results;
  }

  private ReserveResult reserve(Order order, OrderState as, Attempts attempts) {
    try {
      return attempts.writeKeyed(connection -> reserve(connection, order, as));
    } catch (Violation e) {
      return new ReserveResult.Rejected(e.asNothingHappened());
    } catch (Declined e) {
      return new ReserveResult.Rejected(
          new NothingHappenedException("the payment was declined", e.getCause()));
    }
  }

  private ReserveResult reserve(Connection connection, Order order, OrderState as)
      throws SQLException {
    Optional<DealRow> deal = ledger().lockDeal(connection, order.dealId());
    Picture picture = ledger().look(connection, deal, List.of(order));
    Instant now = ledger().now();
    Plan<ReserveResult> plan =
        Plan.of(List.of(order), as.name(), picture, now, LogAnswers.INSTANCE);
    if (deal.isEmpty() || plan.takes().isEmpty()) {
      return plan.answers().get(0);
    }
    long left =
        ledger()
            .takeUnits(connection, deal.get(), order.quantity(), now)
            .orElseThrow(() -> new SQLException("the locked row changed", "40001"));
    ledger().insertOrders(connection, List.of(order), as.name(), as.isFinal() ? now : null);
    if (!ledger().addToBuyers(connection, deal.get(), List.of(order))) {
      throw new SQLException("the buyer's units changed", "40001");
    }
    if (as == OrderState.PAID) {
      pay(order);
    }
    return plan.answers(left).get(0);
  }

  private void pay(Order order) {
    try {
      payment.accept(order);
    } catch (RuntimeException e) {
      throw new Declined(e);
    }
  }

  /** Carries a declined payment out of the transaction, which is rolled back. */
  private static final class Declined extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Declined(@Nullable Throwable cause) {
      super(cause);
    }
  }
}
