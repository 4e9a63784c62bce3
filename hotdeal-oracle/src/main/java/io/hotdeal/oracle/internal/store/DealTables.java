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
 * The statements on the tables of deals, orders and buyers that the log and the counter have in
 * common, each within a transaction of the caller.
 *
 * <p>Lock order of a batch: orders by id, then buyers by id, then the deal. The deal's row is last,
 * so that the row that all batches need is locked for the shortest time. Batches that lock orders
 * with more than one statement, such as cancels with tombstones, can still deadlock; the database
 * aborts one of them, and it is retried.
 */
final class DealTables {

  private final SharedSql sql;
  private final StoreClock clock;

  DealTables(SharedSql sql, StoreClock clock) {
    this.sql = sql;
    this.clock = clock;
  }

  /**
   * The time of the store's clock, truncated to milliseconds as the tables keep it; to be called
   * within a transaction, which has read the clock.
   */
  Instant now() {
    return clock.now().truncatedTo(ChronoUnit.MILLIS);
  }

  static List<Order> sorted(List<Order> orders) {
    return orders.stream().sorted(Comparator.comparing(Order::id)).toList();
  }

  // deals

  /**
   * Inserts the deal if it does not exist.
   *
   * @return whether it was inserted
   */
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

  /**
   * Reads the deal and locks its row until the transaction ends: for transactions that, unlike a
   * batch, lock the deal first.
   */
  Optional<DealRow> lockDeal(Connection connection, String dealId) throws SQLException {
    return Jdbc.queryOne(connection, sql.lockDeal, DealRow::read, dealId);
  }

  boolean closeDeal(Connection connection, String dealId) throws SQLException {
    return Jdbc.update(connection, sql.closeDeal, dealId) > 0;
  }

  /**
   * Takes units if the deal is open and within its window, has the expected limit, and has that
   * many left: the decision about stock.
   *
   * @return the units left after it, or empty if the condition was not met
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

  /** Gives back the units of these orders, to their buyers and then to the deal. */
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

  /** Inserts all orders or throws. */
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
   * Inserts the orders that have no row yet. Waits for transactions that are inserting one of them,
   * so a later read sees their rows.
   *
   * @param orders sorted by id
   * @return per order whether it was inserted
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

  /** The existing rows, by order id. */
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
   * Adds the units of these orders to their buyers'. No buyer's orders among them may exceed the
   * limit by themselves.
   *
   * @return whether all buyers stay within the limit; if not, the transaction must be rolled back,
   *     as some may have been added
   * @throws SQLException as a duplicate key if another transaction inserts one of these buyers too
   */
  boolean addToBuyers(Connection connection, DealRow deal, List<Order> orders) throws SQLException {
    return addToBuyers(connection, deal, orders, deal.limitPerBuyer());
  }

  /** The same for orders that are sold already, without checking the limit. */
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

  /** The units of those of the buyers who have a row, by buyer id. */
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
   * Reads the snapshot that a batch is planned from.
   *
   * <p>The orders are read last. So if an order of this batch took units or used up a limit between
   * these reads, its row is seen, and it is answered from that row.
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

  /** The parameters of IN lists: the deal, then the ids; the last one repeated to fill the list. */
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
