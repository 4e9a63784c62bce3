package io.hotdeal.jmh.strategy;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * A sale by hand-written JDBC on hotdeal's tables: one transaction per order, which is PAID at
 * once.
 *
 * <p>Drivers and pools keep the prepared statements, so that each is one round trip; so is the
 * commit. The key of ORDER_HISTORY makes every one of these strategies idempotent: an order that is
 * there is rolled back and answered as what it is, sold.
 */
abstract class JdbcStrategy implements Strategy {

  private static final String OPEN =
      """
      INSERT INTO HOTDEAL_LIST (PROD_ID, QUANTITY, TOTAL, BUYER_LIMIT, OPENS, CLOSES, HOLD_MS, STATE)
      VALUES (?, ?, ?, ?, ?, ?, ?, 'OPEN')
      """;

  private static final String INSERT =
      """
      INSERT INTO ORDER_HISTORY (PROD_ID, ORDER_ID, USER_ID, QUANTITY, STATUS, ORDER_DATE, DECIDED)
      VALUES (?, ?, ?, ?, 'PAID', ?, ?)
      """;

  private static final String TAKE =
      """
      UPDATE HOTDEAL_LIST SET QUANTITY = QUANTITY - ?
      WHERE PROD_ID = ? AND QUANTITY >= ?
      """;

  private static final String SOLD =
      """
      SELECT COALESCE(SUM(QUANTITY), 0)
      FROM ORDER_HISTORY
      WHERE PROD_ID = ? AND STATUS = 'PAID'
      """;

  private static final Comparator<Order> BY_KEY =
      Comparator.comparing(Order::dealId).thenComparing(Order::id);

  private static final int ORACLE_DUPLICATE = 1;

  private final DataSource dataSource;

  JdbcStrategy(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** What is done within the order's transaction; false is rolled back. */
  abstract boolean sell(Connection connection, Order order) throws SQLException;

  @Override
  public void open(List<Deal> deals) {
    try (Connection connection = dataSource.getConnection()) {
      for (Deal deal : deals) {
        open(connection, deal);
      }
    } catch (SQLException e) {
      throw failed("open", e);
    }
  }

  void open(Connection connection, Deal deal) throws SQLException {
    insertStock(connection, deal.id(), deal.quantity(), deal);
  }

  @Override
  public final Answer sell(Order order) {
    try (Connection connection = dataSource.getConnection()) {
      return sellAndEnd(connection, order) ? Answer.SOLD : Answer.SOLD_OUT;
    } catch (SQLException e) {
      if (isDuplicate(e)) {
        return Answer.SOLD;
      }
      throw failed("sell", e);
    }
  }

  boolean sellAndEnd(Connection connection, Order order) throws SQLException {
    connection.setAutoCommit(false);
    boolean sold = false;
    try {
      sold = sell(connection, order);
    } finally {
      if (!sold) {
        connection.rollback();
      }
    }
    if (sold) {
      connection.commit();
    }
    return sold;
  }

  @Override
  public final long sold(String dealId) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(SOLD)) {
      statement.setString(1, dealId);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw failed("count", e);
    }
  }

  /** The pool is closed with the run that gave it. */
  @Override
  public final void close() {}

  static void insertStock(Connection connection, String id, long units, Deal terms)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
      statement.setString(1, id);
      statement.setLong(2, units);
      statement.setLong(3, units);
      statement.setLong(4, terms.limitPerBuyer());
      statement.setObject(5, utc(terms.opens()));
      statement.setObject(6, utc(terms.closes()));
      statement.setLong(7, terms.hold().toMillis());
      statement.executeUpdate();
    }
  }

  static void insertOrder(Connection connection, Order order) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      bindOrder(statement, 1, order);
      statement.executeUpdate();
    }
  }

  /** Inserts all of them by one batch, in the order of their keys. */
  static void insertOrders(Connection connection, List<Order> orders) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      for (Order order : orders.stream().sorted(BY_KEY).toList()) {
        bindOrder(statement, 1, order);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** Six values from {@code index} on. */
  static void bindOrder(PreparedStatement statement, int index, Order order) throws SQLException {
    LocalDateTime now = utc(Instant.now());
    statement.setString(index, order.dealId());
    statement.setString(index + 1, order.id());
    statement.setString(index + 2, order.buyerId());
    statement.setLong(index + 3, order.quantity());
    statement.setObject(index + 4, now);
    statement.setObject(index + 5, now);
  }

  /** Takes units from a row of stock if it has them. */
  static boolean take(Connection connection, String id, long units) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
      bindTake(statement, id, units);
      return statement.executeUpdate() == 1;
    }
  }

  /** Takes the units of all orders by one batch, deal by deal, if every deal has them. */
  static boolean takeAll(Connection connection, List<Order> orders) throws SQLException {
    SortedMap<String, Long> units = new TreeMap<>();
    orders.forEach(order -> units.merge(order.dealId(), order.quantity(), Long::sum));
    try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
      for (Map.Entry<String, Long> deal : units.entrySet()) {
        bindTake(statement, deal.getKey(), deal.getValue());
        statement.addBatch();
      }
      return IntStream.of(statement.executeBatch()).allMatch(changed -> changed == 1);
    }
  }

  private static void bindTake(PreparedStatement statement, String id, long units)
      throws SQLException {
    statement.setLong(1, units);
    statement.setString(2, id);
    statement.setLong(3, units);
  }

  private static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  static boolean isDuplicate(SQLException e) {
    return "23505".equals(e.getSQLState()) || e.getErrorCode() == ORACLE_DUPLICATE;
  }

  private static IllegalStateException failed(String what, SQLException e) {
    return new IllegalStateException("the database could not " + what, e);
  }
}
