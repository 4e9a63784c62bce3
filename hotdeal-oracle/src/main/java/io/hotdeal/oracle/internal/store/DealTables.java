package io.hotdeal.oracle.internal.store;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.OrderKey;
import io.hotdeal.Sale;
import io.hotdeal.Units;
import io.hotdeal.oracle.internal.jdbc.BorrowedConnection;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.oracle.internal.jdbc.StoreClock;
import io.hotdeal.spi.DealTerms;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
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
  private final SaleHook saleHook;
  private final DealChanges changes;

  private final DealCache deals = new DealCache();
  private final CombinedTables combined;

  DealTables(SharedSql sql, StoreClock clock, SaleHook saleHook) {
    this.sql = sql;
    this.clock = clock;
    this.saleHook = saleHook;
    this.changes = new DealChanges(this::now);
    this.combined = new CombinedTables(sql, deals, changes);
  }

  /**
   * The time of the store's clock, truncated to milliseconds as the tables keep it; to be called
   * within a transaction, which has read the clock.
   */
  Instant now() {
    return clock.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /** In the order in which a batch locks its rows: by deal and id. */
  static <K extends OrderKey> List<K> sorted(List<K> keys) {
    return keys.stream()
        .sorted(Comparator.<K, String>comparing(OrderKey::dealId).thenComparing(OrderKey::id))
        .toList();
  }

  /** The statements that are of several deals. */
  CombinedTables combined() {
    return combined;
  }

  // deals

  /**
   * Inserts the deal if it does not exist.
   *
   * @return whether it was inserted
   */
  boolean insertDeal(Connection connection, DealTerms terms, long left) throws SQLException {
    Deal deal = terms.deal();
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
            terms.state().name(),
            deal.longestHold().toMillis(),
            terms.version(),
            deal.id());
    return inserted > 0;
  }

  Optional<DealRow> deal(Connection connection, String dealId) throws SQLException {
    Optional<DealRow> deal = Jdbc.queryOne(connection, sql.deal, DealRow::read, dealId);
    deals.put(dealId, deal);
    return deal;
  }

  /**
   * Reads the deal and locks its row until the transaction ends: for transactions that, unlike a
   * batch, lock the deal first.
   */
  Optional<DealRow> lockDeal(Connection connection, String dealId) throws SQLException {
    return Jdbc.queryOne(connection, sql.lockDeal, DealRow::read, dealId);
  }

  /**
   * Takes units if the deal is open and within its window, has the expected terms, and has that
   * many left: the decision about stock.
   *
   * @param events of the orders, in their order
   * @return the units left after it, or empty if the condition was not met
   */
  OptionalLong takeUnits(
      Connection connection, DealRow deal, long units, Instant now, List<EventRow> events)
      throws SQLException {
    return changes.run(
        connection,
        deal,
        UnitChange.taking(sql.takeUnits, units, events),
        deal.id(),
        now,
        now,
        deal.terms().version(),
        deal.limitPerBuyer(),
        units);
  }

  /**
   * Takes units of a deal that is not closed, whatever its window, if it has the expected terms and
   * that many left.
   *
   * @return whether the condition was met
   */
  boolean takeAgain(Connection connection, DealRow deal, long units, List<EventRow> events)
      throws SQLException {
    return changes
        .run(
            connection,
            deal,
            UnitChange.taking(OrderLogSql.TAKE_AGAIN, units, events),
            deal.id(),
            deal.terms().version(),
            deal.limitPerBuyer(),
            units)
        .isPresent();
  }

  /**
   * Adds units, or removes them if they are negative and so many are left.
   *
   * @return whether it was within the limits
   */
  boolean restock(Connection connection, DealRow deal, long units) throws SQLException {
    if (units > 0) {
      Jdbc.update(connection, OrderLogSql.RESTOCK_TOTAL, units, deal.id());
    }
    UnitChange change = UnitChange.adding(OrderLogSql.RESTOCK, units, List.of());
    long more = Math.min(units, 0); // what the total does not have yet
    OptionalLong left = changes.run(connection, deal, change, deal.id(), units, more, Units.MAX);
    if (left.isPresent() && units < 0) {
      Jdbc.update(connection, OrderLogSql.RESTOCK_TOTAL, units, deal.id());
    }
    return left.isPresent();
  }

  /**
   * Gives back the units of these orders, to their buyers and then to the deal.
   *
   * @param events of the transaction, in their order
   */
  void giveBack(Connection connection, DealRow deal, List<Order> orders, List<EventRow> events)
      throws SQLException {
    if (!orders.isEmpty()) {
      giveBack(connection, deal, orders, units(orders), events);
    } else if (deal.hasEvents()) {
      changes.count(connection, deal.id(), events);
    }
  }

  /**
   * The same for returned orders.
   *
   * @param toStock the units that are on sale again; the others are written off
   */
  void giveBackSold(
      Connection connection, DealRow deal, List<Order> orders, long toStock, List<EventRow> events)
      throws SQLException {
    giveBack(connection, deal, orders, toStock, events);
    long writtenOff = units(orders) - toStock;
    if (writtenOff > 0) {
      Jdbc.update(connection, OrderLogSql.WRITE_OFF, writtenOff, deal.id());
    }
  }

  private void giveBack(
      Connection connection, DealRow deal, List<Order> orders, long units, List<EventRow> events)
      throws SQLException {
    takeFromBuyers(connection, deal, orders);
    OptionalLong left =
        changes.run(
            connection,
            deal,
            UnitChange.adding(sql.giveUnits, units, events),
            deal.id(),
            deal.terms().version(),
            deal.hasLimit() ? 1L : 0L);
    if (left.isEmpty()) {
      throw new SQLException("the terms of the deal changed under this batch", "40001");
    }
  }

  private static long units(List<Order> orders) {
    return orders.stream().mapToLong(Order::quantity).sum();
  }

  void takeFromBuyers(Connection connection, DealRow deal, List<Order> orders) throws SQLException {
    if (deal.hasLimit()) {
      List<@Nullable Object[]> rows = new ArrayList<>();
      unitsByBuyer(orders)
          .forEach((buyer, units) -> rows.add(new Object[] {units, deal.id(), buyer}));
      Jdbc.batch(connection, sql.takeFromBuyer, rows);
    }
  }

  /**
   * Writes the events of a transaction that changes no units; the deal must have an outbox. Locks
   * the deal.
   */
  void countEvents(Connection connection, String dealId, List<EventRow> events)
      throws SQLException {
    changes.count(connection, dealId, events);
  }

  /** The deals as last read, which may be stale but for what never changes. */
  DealCache cache() {
    return deals;
  }

  /** The deal as last read; read now if it is not in the cache. */
  Optional<DealRow> cached(Connection connection, String dealId) throws SQLException {
    Optional<DealRow> known = deals.get(dealId);
    return known.isPresent() ? known : deal(connection, dealId);
  }

  /** Whether the deal has an outbox, which never changes; read once. */
  boolean hasEvents(Connection connection, String dealId) throws SQLException {
    return cached(connection, dealId).filter(DealRow::hasEvents).isPresent();
  }

  // orders

  /** Inserts all rows or throws. The deadline is a column only if one of them has a deadline. */
  void insertOrders(Connection connection, List<NewRow> rows) throws SQLException {
    boolean until = rows.stream().anyMatch(row -> row.expires() != null);
    List<NewRow> sorted =
        rows.stream()
            .sorted(
                Comparator.<NewRow, String>comparing(row -> row.order().dealId())
                    .thenComparing(row -> row.order().id()))
            .toList();
    List<@Nullable Object[]> values = new ArrayList<>(rows.size());
    for (NewRow row : sorted) {
      values.add(until ? columnsUntil(row) : columns(row));
    }
    Jdbc.batch(connection, until ? sql.insertOrderUntil : sql.insertOrder, values);
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
    IdLists.query(connection, sql.someOrders, OrderRow::read, dealId, ids)
        .forEach(row -> found.put(row.order().id(), row));
    return found;
  }

  /**
   * Writes what the application has to write for these sales, which the transaction makes.
   *
   * @throws SQLException if it fails; also the one that an unchecked exception wraps, as data
   *     access libraries throw it, so that a deadlock is retried. Any other unchecked exception
   *     counts as a refused row, so that the batch is split
   */
  void sold(Connection connection, Supplier<List<Sale>> sales) throws SQLException {
    List<Sale> sold = saleHook == SaleHook.NONE ? List.of() : sales.get();
    if (sold.isEmpty()) {
      return;
    }
    try {
      saleHook.write(BorrowedConnection.of(connection), List.copyOf(sold));
    } catch (RuntimeException e) {
      throw asSqlException(e);
    }
  }

  private static SQLException asSqlException(RuntimeException failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException wrapped) {
        return wrapped;
      }
    }
    return new SQLIntegrityConstraintViolationException(
        "the rows alongside the sale failed", "23000", failure);
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
    IdLists.query(
        connection,
        sql.someBuyers,
        row -> units.put(row.getString("USER_ID"), row.getLong("UNITS")),
        dealId,
        buyers);
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

  private static @Nullable Object[] columns(NewRow row) {
    Order order = row.order();
    return new @Nullable Object[] {
      order.dealId(),
      order.id(),
      order.buyerId(),
      order.quantity(),
      row.status(),
      row.recordedAt(),
      row.decided()
    };
  }

  private static @Nullable Object[] columnsUntil(NewRow row) {
    @Nullable Object[] columns = columns(row);
    @Nullable Object[] more = Arrays.copyOf(columns, columns.length + 1);
    more[columns.length] = row.expires();
    return more;
  }

  private static SortedMap<String, Long> unitsByBuyer(List<Order> orders) {
    SortedMap<String, Long> units = new TreeMap<>();
    for (Order order : orders) {
      units.merge(order.buyerId(), order.quantity(), Long::sum);
    }
    return units;
  }
}
