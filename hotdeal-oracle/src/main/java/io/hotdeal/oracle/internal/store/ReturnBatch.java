package io.hotdeal.oracle.internal.store;

import io.hotdeal.DealEvent.Kind;
import io.hotdeal.Order;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.oracle.internal.jdbc.TransactionBody;
import io.hotdeal.spi.OrderReturn;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.OrderState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that gives back a batch of sold orders: PAID rows become RETURNING or RETURNED, and
 * their units are given back, to the deal last.
 */
final class ReturnBatch implements TransactionBody<List<Optional<OrderSnapshot>>> {

  private final DealTables tables;
  private final List<OrderReturn> returns;

  /**
   * @param returns at least one, all of one deal, each of another order
   */
  ReturnBatch(DealTables tables, List<OrderReturn> returns) {
    this.tables = tables;
    this.returns = returns;
  }

  @Override
  public List<Optional<OrderSnapshot>> run(Connection connection) throws SQLException {
    Set<String> changed = change(connection);
    Map<String, HoldRow> rows = read(connection);
    if (!changed.isEmpty()) {
      giveBack(connection, rows, changed);
      rows = read(connection);
    }
    List<Optional<OrderSnapshot>> found = new ArrayList<>(returns.size());
    for (OrderReturn it : returns) {
      HoldRow row = rows.get(it.id());
      found.add(
          Optional.ofNullable(row)
              .map(r -> r.snapshot(changed.contains(it.id()) ? OrderState.PAID : r.state())));
    }
    return found;
  }

  /** The ids of the orders that were PAID until this call. */
  private Set<String> change(Connection connection) throws SQLException {
    Instant now = tables.now();
    List<OrderReturn> sorted = DealTables.sorted(returns);
    List<@Nullable Object[]> values = new ArrayList<>(sorted.size());
    for (OrderReturn it : sorted) {
      OrderState as = it.refundDue() ? OrderState.RETURNING : OrderState.RETURNED;
      values.add(new Object[] {as.name(), now, it.dealId(), it.id()});
    }
    boolean[] hits = Jdbc.batchHits(connection, OrderLogSql.GIVE_BACK, values);
    Set<String> changed = new HashSet<>();
    for (int i = 0; i < hits.length; i++) {
      if (hits[i]) {
        changed.add(sorted.get(i).id());
      }
    }
    return changed;
  }

  private Map<String, HoldRow> read(Connection connection) throws SQLException {
    List<String> ids = returns.stream().map(OrderReturn::id).toList();
    return HoldRow.byId(connection, returns.get(0).dealId(), ids);
  }

  private void giveBack(Connection connection, Map<String, HoldRow> rows, Set<String> changed)
      throws SQLException {
    List<Order> orders = new ArrayList<>();
    List<EventRow> events = new ArrayList<>();
    long toStock = 0;
    for (OrderReturn it : DealTables.sorted(returns)) {
      HoldRow row = rows.get(it.id());
      if (changed.contains(it.id()) && row != null) {
        Order order = row.order().order();
        orders.add(order);
        events.add(new EventRow(Kind.RETURNED, order, row.order().paymentId()));
        toStock += it.toStock() ? order.quantity() : 0;
      }
    }
    DealRow deal =
        tables
            .deal(connection, returns.get(0).dealId())
            .orElseThrow(() -> new SQLException("the deal was deleted under this batch", "40001"));
    tables.giveBackSold(connection, deal, orders, toStock, events);
  }
}
