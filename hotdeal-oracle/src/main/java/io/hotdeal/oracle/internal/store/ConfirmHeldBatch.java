package io.hotdeal.oracle.internal.store;

import io.hotdeal.Sale;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.oracle.internal.jdbc.TransactionBody;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.OrderState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that sells a batch of held orders, because they are paid: HELD rows become PAID,
 * with one update and one read of the rows.
 *
 * <p>Only where that finds rows in other states, it continues: a PAID row without a payment id gets
 * one, and EXPIRED rows are decided by {@link LatePayments}, which locks the deal last.
 */
final class ConfirmHeldBatch implements TransactionBody<List<Optional<OrderSnapshot>>> {

  private final DealTables tables;
  private final List<HoldPayment> payments;

  /**
   * @param payments at least one, all of one deal, each of another order
   */
  ConfirmHeldBatch(DealTables tables, List<HoldPayment> payments) {
    this.tables = tables;
    this.payments = payments;
  }

  @Override
  public List<Optional<OrderSnapshot>> run(Connection connection) throws SQLException {
    Map<String, OrderState> changed = pay(connection);
    Map<String, HoldRow> rows = read(connection);
    List<Sale> sales = sales(rows, changed);
    tables.sold(connection, () -> sales);
    boolean named = namePayments(connection, rows, changed);
    List<LatePayments.Late> late = late(rows);
    if (late.isEmpty()) {
      countSales(connection, sales);
    } else {
      new LatePayments(tables, late).decide(connection, EventRow.sold(sales));
      late.forEach(it -> changed.put(it.order().id(), OrderState.EXPIRED));
    }
    return snapshots(named || !late.isEmpty() ? read(connection) : rows, changed);
  }

  /** The deal's row comes last, and only if it has an outbox. */
  private void countSales(Connection connection, List<Sale> sales) throws SQLException {
    String dealId = payments.get(0).dealId();
    if (!sales.isEmpty() && tables.hasEvents(connection, dealId)) {
      tables.countEvents(connection, dealId, EventRow.sold(sales));
    }
  }

  /** The rows as they are now; the state before is another one only where this call changed it. */
  private List<Optional<OrderSnapshot>> snapshots(
      Map<String, HoldRow> rows, Map<String, OrderState> changed) throws SQLException {
    for (HoldRow row : rows.values()) {
      if (row.isUndecidedHold()) {
        throw new SQLException("a row came between two statements of this batch", "40001");
      }
    }
    return payments.stream()
        .map(it -> Optional.ofNullable(rows.get(it.id())))
        .map(row -> row.map(it -> it.snapshot(changed.getOrDefault(it.id(), it.state()))))
        .toList();
  }

  /** The orders that this transaction changed from HELD to PAID, by id, with their former state. */
  private Map<String, OrderState> pay(Connection connection) throws SQLException {
    Instant now = tables.now();
    List<HoldPayment> sorted = DealTables.sorted(payments);
    List<@Nullable Object[]> values = new ArrayList<>(sorted.size());
    for (HoldPayment payment : sorted) {
      values.add(
          new Object[] {now, new Jdbc.Text(payment.paymentId()), payment.dealId(), payment.id()});
    }
    boolean[] paid = Jdbc.batchHits(connection, OrderLogSql.PAY_HELD, values);
    Map<String, OrderState> changed = new HashMap<>();
    for (int i = 0; i < paid.length; i++) {
      if (paid[i]) {
        changed.put(sorted.get(i).id(), OrderState.HELD);
      }
    }
    return changed;
  }

  private List<Sale> sales(Map<String, HoldRow> rows, Map<String, OrderState> changed) {
    Instant now = tables.now();
    return changed.keySet().stream()
        .sorted()
        .map(id -> rows.get(id))
        .filter(Objects::nonNull)
        .map(row -> new Sale(row.order().order(), row.order().paymentId(), now))
        .toList();
  }

  private Map<String, HoldRow> read(Connection connection) throws SQLException {
    List<String> ids = payments.stream().map(HoldPayment::id).toList();
    return HoldRow.byId(connection, payments.get(0).dealId(), ids);
  }

  /**
   * Adds the payment id to rows that were PAID before without one.
   *
   * @return whether there were any
   */
  private boolean namePayments(
      Connection connection, Map<String, HoldRow> rows, Map<String, OrderState> changed)
      throws SQLException {
    List<@Nullable Object[]> values = new ArrayList<>();
    for (HoldPayment payment : DealTables.sorted(payments)) {
      HoldRow row = rows.get(payment.id());
      if (row != null
          && !changed.containsKey(payment.id())
          && row.state() == OrderState.PAID
          && row.wasHeld()
          && row.order().paymentId() == null
          && payment.paymentId() != null) {
        values.add(new Object[] {payment.paymentId(), payment.dealId(), payment.id()});
      }
    }
    // a row that is not hit was given another payment id meanwhile: the first one stays
    Jdbc.batch(connection, OrderLogSql.NAME_PAYMENT, values);
    return !values.isEmpty();
  }

  /** The payments of orders whose hold has expired, in list order. */
  private List<LatePayments.Late> late(Map<String, HoldRow> rows) {
    List<LatePayments.Late> late = new ArrayList<>();
    for (HoldPayment payment : payments) {
      HoldRow row = rows.get(payment.id());
      if (row != null && row.state() == OrderState.EXPIRED && row.wasHeld()) {
        late.add(new LatePayments.Late(row.order().order(), payment.paymentId()));
      }
    }
    return late;
  }
}
