package io.hotdeal.oracle.internal.store;

import io.hotdeal.ClaimResult;
import io.hotdeal.Order;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.oracle.internal.jdbc.TransactionBody;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that moves the deadlines of held claims to their orders' time to pay.
 *
 * <p>It follows the transaction of the claims, because it locks claims, and that one has locked the
 * deal last. The result is one true per order, for {@link BatchSplitter}.
 */
final class PostponeClaims implements TransactionBody<List<Boolean>> {

  private final DealTables tables;
  private final List<Order> holds;

  /**
   * @param holds at least one, all of one deal
   */
  PostponeClaims(DealTables tables, List<Order> holds) {
    this.tables = tables;
    this.holds = holds;
  }

  /** Those of the orders that are holds and had a claim before. */
  static List<Order> needed(List<Order> orders, List<ClaimResult> results) {
    List<Order> holds = new ArrayList<>();
    for (int i = 0; i < orders.size(); i++) {
      if (orders.get(i).isHold()
          && results.get(i) instanceof ClaimResult.Claimed claimed
          && claimed.replayed()) {
        holds.add(orders.get(i));
      }
    }
    return holds;
  }

  @Override
  public List<Boolean> run(Connection connection) throws SQLException {
    Optional<DealRow> deal = tables.deal(connection, holds.get(0).dealId());
    if (deal.isPresent()) {
      postpone(connection, deal.get());
    }
    return Collections.nCopies(holds.size(), true);
  }

  private void postpone(Connection connection, DealRow deal) throws SQLException {
    Instant now = tables.now();
    List<@Nullable Object[]> rows = new ArrayList<>(holds.size());
    for (Order order : DealTables.sorted(holds)) {
      Instant until = now.plus(order.payWithin());
      rows.add(
          new Object[] {
            until,
            deal.id(),
            order.id(),
            order.buyerId(),
            order.quantity(),
            until,
            until.minus(deal.deal().hold())
          });
    }
    Jdbc.batch(connection, StockCounterSql.POSTPONE, rows);
  }
}
