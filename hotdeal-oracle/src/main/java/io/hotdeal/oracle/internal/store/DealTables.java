package io.hotdeal.oracle.internal.store;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.oracle.internal.jdbc.StoreClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The statements on the tables that the log and the counter have in common, each within a
 * transaction of the caller.
 *
 * <p>Every transaction locks orders by id, then buyers by id, then the deal, which all of them
 * want, last and shortly. Two that hold different orders of one another can still wait crosswise,
 * as a cancel with tombstones may; the database ends one of them, and it is done again.
 */
final class DealTables {

  private final SharedSql sql;
  private final StoreClock clock;

  DealTables(SharedSql sql, StoreClock clock) {
    this.sql = sql;
    this.clock = clock;
  }

  /** The time, as exact as the tables keep it; within a transaction. */
  Instant now() {
    return clock.now().truncatedTo(ChronoUnit.MILLIS);
  }

  static List<Order> sorted(List<Order> orders) {
    return orders.stream().sorted(Comparator.comparing(Order::id)).toList();
  }

  // deals

  /** Whether it was not there before. */
  boolean insertDeal(Connection connection, Deal deal, long left) throws SQLException {
    int inserted =
        Jdbc.update(
            connection,
            sql.insertDeal,
            deal.id(),
            left,
            deal.quantity(),
            deal.limitPerBuyer(),
            deal.opens(),
            deal.closes(),
            deal.hold().toMillis(),
            deal.id());
    return inserted > 0;
  }

  Optional<DealRow> deal(Connection connection, String dealId) throws SQLException {
    return Jdbc.queryOne(connection, sql.deal, DealRow::read, dealId);
  }

  /** The deal, which from now on waits for this transaction. */
  Optional<DealRow> lockDeal(Connection connection, String dealId) throws SQLException {
    return Jdbc.queryOne(connection, sql.lockDeal, DealRow::read, dealId);
  }

  boolean closeDeal(Connection connection, String dealId) throws SQLException {
    return Jdbc.update(connection, sql.closeDeal, dealId) > 0;
  }

  /**
   * Takes units if the deal sells, has that limit, and has so many left: the decision about stock.
   *
   * @return what is left behind them, or empty if it is not so
   */
  OptionalLong takeUnits(Connection connection, DealRow deal, long units, Instant now)
      throws SQLException {
    return Jdbc.updateReturning(
        connection,
        "quantity",
        sql.takeUnits,
        units,
        deal.id(),
        now,
        now,
        deal.limitPerBuyer(),
        units);
  }

  /** Gives back the units of these orders, to their buyers and to the deal. */
  void giveBack(Connection connection, DealRow deal, List<Order> orders) throws SQLException {
    if (orders.isEmpty()) {
      return;
    }
    if (deal.hasLimit()) {
      List<@Nullable Object[]> rows = new ArrayList<>();
      unitsByBuyer(orders)
          .forEach((buyer, units) -> rows.add(new Object[] {units, deal.id(), buyer}));
      Jdbc.batch(connection, sql.takeFromBuyer, rows);
    }
    long units = orders.stream().mapToLong(Order::quantity).sum();
    Jdbc.update(connection, sql.giveUnits, units, deal.id());
  }

  // orders

  /** Inserts all or throws. */
  void insertOrders(
      Connection connection, List<Order> orders, String status, @Nullable Instant decided)
      throws SQLException {
    Instant now = now();
    List<@Nullable Object[]> rows = new ArrayList<>(orders.size());
    for (Order order : sorted(orders)) {
      rows.add(columns(order, status, now, decided));
    }
    Jdbc.batch(connection, sql.insertOrder, rows);
  }

  /**
   * Inserts those that are not there. Waits for whoever is inserting one of them, so what is found
   * afterwards is all that was under way.
   *
   * @param orders sorted by id
   * @return whether each was inserted
   */
  boolean[] insertOrdersIfAbsent(
      Connection connection, List<Order> orders, String status, @Nullable Instant decided)
      throws SQLException {
    Instant now = now();
    List<@Nullable Object[]> rows = new ArrayList<>(orders.size());
    for (Order order : orders) {
      rows.add(
          new @Nullable Object[] {
            order.dealId(),
            order.id(),
            order.buyerId(),
            order.quantity(),
            status,
            now,
            decided,
            order.dealId(),
            order.id()
          });
    }
    return Jdbc.batchHits(connection, sql.insertOrderIfAbsent, rows);
  }

  Optional<OrderRow> order(Connection connection, String dealId, String orderId)
      throws SQLException {
    return Jdbc.queryOne(connection, sql.order, OrderRow::read, dealId, orderId);
  }

  /** The rows that are there, by order id. */
  Map<String, OrderRow> orders(Connection connection, String dealId, List<String> ids)
      throws SQLException {
    Map<String, OrderRow> found = new HashMap<>();
    if (ids.size() == 1) {
      order(connection, dealId, ids.get(0)).ifPresent(row -> found.put(row.order().id(), row));
      return found;
    }
    for (@Nullable Object[] list : lists(dealId, ids)) {
      String some = sql.someOrders.of(list.length - 1);
      for (OrderRow row : Jdbc.query(connection, some, OrderRow::read, list)) {
        found.put(row.order().id(), row);
      }
    }
    return found;
  }

  // buyers

  /**
   * Adds the units of these orders, which are within the limit in themselves, to their buyers'.
   * Throws, as a duplicate, if a buyer is new to somebody else too.
   *
   * @return whether that keeps everybody within the limit; if not, some may be added: roll back
   */
  boolean addToBuyers(Connection connection, DealRow deal, List<Order> orders) throws SQLException {
    return addToBuyers(connection, deal, orders, deal.limitPerBuyer());
  }

  /** The same for orders that are sold already, whatever their buyers have by now. */
  void addToBuyersWithoutLimit(Connection connection, DealRow deal, List<Order> orders)
      throws SQLException {
    boolean unused = addToBuyers(connection, deal, orders, Long.MAX_VALUE);
  }

  private boolean addToBuyers(Connection connection, DealRow deal, List<Order> orders, long limit)
      throws SQLException {
    if (!deal.hasLimit() || orders.isEmpty()) {
      return true;
    }
    SortedMap<String, Long> units = unitsByBuyer(orders);
    Set<String> known = bought(connection, deal.id(), List.copyOf(units.keySet())).keySet();
    List<@Nullable Object[]> firsts = new ArrayList<>();
    List<@Nullable Object[]> others = new ArrayList<>();
    units.forEach(
        (buyer, more) -> {
          if (known.contains(buyer)) {
            others.add(new Object[] {more, deal.id(), buyer, more, limit});
          } else {
            firsts.add(new Object[] {deal.id(), buyer, more});
          }
        });
    Jdbc.batch(connection, sql.insertBuyer, firsts);
    for (boolean within : Jdbc.batchHits(connection, sql.addToBuyer, others)) {
      if (!within) {
        return false;
      }
    }
    return true;
  }

  /** The units that buyers have. */
  Map<String, Long> bought(Connection connection, String dealId, List<String> buyers)
      throws SQLException {
    Map<String, Long> units = new HashMap<>();
    for (@Nullable Object[] list : lists(dealId, buyers)) {
      Jdbc.query(
          connection,
          sql.someBuyers.of(list.length - 1),
          row -> units.put(row.getString("USER_ID"), row.getLong("UNITS")),
          list);
    }
    return units;
  }

  /**
   * Reads what a plan of this batch needs.
   *
   * <p>The orders are read last: what took the units, or used up the limit, that the deal or the
   * buyers were seen without is seen too if it was one of this batch.
   */
  BatchSnapshot snapshot(Connection connection, Optional<DealRow> deal, List<Order> orders)
      throws SQLException {
    String dealId = orders.get(0).dealId();
    Map<String, Long> bought =
        deal.isPresent() && deal.get().hasLimit()
            ? bought(connection, dealId, distinct(orders.stream().map(Order::buyerId).toList()))
            : Map.of();
    List<String> ids = distinct(orders.stream().map(Order::id).toList());
    return new BatchSnapshot(deal, orders(connection, dealId, ids), bought);
  }

  private static List<String> distinct(List<String> ids) {
    return ids.stream().distinct().toList();
  }

  private static @Nullable Object[] columns(
      Order order, String status, Instant now, @Nullable Instant decided) {
    return new @Nullable Object[] {
      order.dealId(), order.id(), order.buyerId(), order.quantity(), status, now, decided
    };
  }

  private static SortedMap<String, Long> unitsByBuyer(List<Order> orders) {
    SortedMap<String, Long> units = new TreeMap<>();
    for (Order order : orders) {
      units.merge(order.buyerId(), order.quantity(), Long::sum);
    }
    return units;
  }

  /** The parameters of a statement with a list: the deal, and the ids, the last one repeated. */
  private static List<@Nullable Object[]> lists(String dealId, List<String> ids) {
    int size = ids.size() <= SharedSql.SHORT_LIST ? SharedSql.SHORT_LIST : SharedSql.LONG_LIST;
    List<@Nullable Object[]> lists = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += size) {
      @Nullable Object[] values = new @Nullable Object[1 + size];
      values[0] = dealId;
      for (int i = 0; i < size; i++) {
        values[1 + i] = ids.get(Math.min(from + i, ids.size() - 1));
      }
      lists.add(values);
    }
    return lists;
  }
}
