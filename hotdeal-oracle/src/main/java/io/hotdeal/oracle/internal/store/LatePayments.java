package io.hotdeal.oracle.internal.store;

import io.hotdeal.DealEvent.Kind;
import io.hotdeal.Order;
import io.hotdeal.Sale;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.spi.OrderState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The decisions about EXPIRED orders that are paid after all, within a transaction of the caller.
 *
 * <p>In list order, an order is sold if its units, and those of its buyer's limit, can be taken
 * again and the deal is not closed; otherwise it is CANCELLED. Both record the payment. As in
 * {@link AllocateBatch} the reads only propose: if the conditional updates find less than was read,
 * the transaction is to be retried.
 */
final class LatePayments {

  /** An EXPIRED order and its payment, whose id may be unknown. */
  record Late(Order order, @Nullable String paymentId) {}

  private final DealTables tables;
  private final List<Late> payments;
  private final List<Order> sold = new ArrayList<>();

  /**
   * @param payments at least one, all of one deal, each of another order
   */
  LatePayments(DealTables tables, List<Late> payments) {
    this.tables = tables;
    this.payments = payments;
  }

  /**
   * @param before the events of the transaction so far
   * @throws SQLException to be retried if another transaction changed what was read
   */
  void decide(Connection connection, List<EventRow> before) throws SQLException {
    DealRow deal =
        tables
            .deal(connection, payments.get(0).order().dealId())
            .orElseThrow(() -> stale("the deal was deleted"));
    if (!deal.closed()) {
      choose(deal, bought(connection, deal));
    }
    write(connection);
    if (!tables.addToBuyers(connection, deal, sold)) {
      throw stale("the units of a buyer changed");
    }
    tables.sold(connection, this::sales);
    List<EventRow> events = new ArrayList<>(before);
    events.addAll(events());
    takeUnits(connection, deal, events);
  }

  private List<EventRow> events() {
    return sorted().stream()
        .map(
            late ->
                new EventRow(
                    sold.contains(late.order()) ? Kind.SOLD : Kind.CANCELLED,
                    late.order(),
                    late.paymentId()))
        .toList();
  }

  private Map<String, Long> bought(Connection connection, DealRow deal) throws SQLException {
    List<String> buyers = payments.stream().map(late -> late.order().buyerId()).distinct().toList();
    return deal.hasLimit() ? tables.bought(connection, deal.id(), buyers) : Map.of();
  }

  private void choose(DealRow deal, Map<String, Long> boughtBefore) {
    Map<String, Long> bought = new HashMap<>(boughtBefore);
    long left = deal.left();
    for (Late late : payments) {
      Order order = late.order();
      long units = bought.getOrDefault(order.buyerId(), 0L) + order.quantity();
      boolean withinLimit = !deal.hasLimit() || units <= deal.limitPerBuyer();
      if (withinLimit && order.quantity() <= left) {
        bought.put(order.buyerId(), units);
        left -= order.quantity();
        sold.add(order);
      }
    }
  }

  private void write(Connection connection) throws SQLException {
    Instant now = tables.now();
    List<@Nullable Object[]> values = new ArrayList<>(payments.size());
    for (Late late : sorted()) {
      Order order = late.order();
      OrderState state = sold.contains(order) ? OrderState.PAID : OrderState.CANCELLED;
      values.add(
          new Object[] {
            state.name(), now, new Jdbc.Text(late.paymentId()), order.dealId(), order.id()
          });
    }
    for (boolean hit : Jdbc.batchHits(connection, OrderLogSql.DECIDE_EXPIRED, values)) {
      if (!hit) {
        throw stale("an expired order changed");
      }
    }
  }

  private List<Sale> sales() {
    Instant now = tables.now();
    return sorted().stream()
        .filter(late -> sold.contains(late.order()))
        .map(late -> new Sale(late.order(), late.paymentId(), now))
        .toList();
  }

  private List<Late> sorted() {
    return payments.stream().sorted(Comparator.comparing(late -> late.order().id())).toList();
  }

  private void takeUnits(Connection connection, DealRow deal, List<EventRow> events)
      throws SQLException {
    if (!sold.isEmpty()) {
      long units = sold.stream().mapToLong(Order::quantity).sum();
      if (!tables.takeAgain(connection, deal, units, events)) {
        throw stale("the deal changed");
      }
    } else if (deal.hasEvents()) {
      tables.countEvents(connection, deal.id(), events);
    }
  }

  private static SQLException stale(String what) {
    return new SQLException(what + " under this batch", "40001");
  }
}
