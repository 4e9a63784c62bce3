package io.hotdeal.oracle;

import io.hotdeal.Deal;
import io.hotdeal.DealConflictException;
import io.hotdeal.Ids;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OrderLog;
import io.hotdeal.OrderRecord;
import io.hotdeal.OrderState;
import io.hotdeal.Tally;
import io.hotdeal.UnknownDealException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** All of the order log but how it reserves. */
abstract class Books implements OrderLog {

  /** No id has a blank, and every id sorts behind it. */
  private static final String BEFORE_ALL_IDS = " ";

  private final DataSource dataSource;
  private final Ledger ledger;

  Books(DataSource dataSource, InstantSource clock) {
    this.dataSource = dataSource;
    this.ledger = new Ledger(LedgerSql.LOG, clock);
  }

  final DataSource dataSource() {
    return dataSource;
  }

  final Ledger ledger() {
    return ledger;
  }

  final Attempts attempts() {
    return new Attempts(dataSource);
  }

  static void requireWritable(OrderState as) {
    if (as != OrderState.RESERVED && as != OrderState.PAID) {
      throw new IllegalArgumentException("orders are written as RESERVED or PAID, not " + as);
    }
  }

  @Override
  public void open(Deal deal) {
    Deal standing = attempts().writeAll(connection -> open(connection, deal));
    if (!standing.equals(deal)) {
      throw new DealConflictException("log", standing, deal);
    }
  }

  private Deal open(Connection connection, Deal deal) throws SQLException {
    if (ledger.insertDeal(connection, deal, deal.quantity())) {
      return deal;
    }
    return Jdbc.queryOne(
            connection,
            LogSql.OPENED,
            row -> DealRow.read(row).deal(row.getLong("RESTOCKED")),
            deal.id())
        .orElseThrow(() -> new SQLException("deal " + deal.id() + " went away", "40001"));
  }

  @Override
  public List<OrderState> confirm(List<Order> orders) {
    if (orders.isEmpty()) {
      return List.of();
    }
    String dealId = Order.commonDealOf(orders);
    return attempts().writeAll(connection -> confirm(connection, dealId, orders));
  }

  private List<OrderState> confirm(Connection connection, String dealId, List<Order> orders)
      throws SQLException {
    Map<String, OrderState> states = new HashMap<>();
    pay(connection, orders).forEach(id -> states.put(id, OrderState.PAID));
    List<String> others =
        orders.stream().map(Order::id).filter(id -> !states.containsKey(id)).distinct().toList();
    ledger
        .orders(connection, dealId, others)
        .forEach((id, row) -> states.put(id, OrderState.valueOf(row.status())));
    return orders.stream().map(it -> states.getOrDefault(it.id(), OrderState.ABSENT)).toList();
  }

  /** The ids of those that were RESERVED and now are PAID. */
  private List<String> pay(Connection connection, List<Order> orders) throws SQLException {
    Instant now = ledger.now();
    List<Order> sorted = Ledger.sorted(orders);
    List<@Nullable Object[]> rows = new ArrayList<>(orders.size());
    for (Order order : sorted) {
      rows.add(new Object[] {now, order.dealId(), order.id(), order.buyerId(), order.quantity()});
    }
    boolean[] paid = Jdbc.batchHits(connection, LogSql.CONFIRM, rows);
    return IntStream.range(0, paid.length)
        .filter(i -> paid[i])
        .mapToObj(i -> sorted.get(i).id())
        .toList();
  }

  @Override
  public List<OrderState> cancel(List<Order> orders) {
    if (orders.isEmpty()) {
      return List.of();
    }
    String dealId = Order.commonDealOf(orders);
    return attempts()
        .writeAll(new Cancelling(ledger, orders))
        .orElseThrow(() -> new UnknownDealException(dealId));
  }

  @Override
  public List<Optional<OrderRecord>> find(String dealId, List<String> orderIds) {
    Ids.check("deal id", dealId);
    orderIds.forEach(id -> Ids.check("order id", id));
    if (orderIds.isEmpty()) {
      return List.of();
    }
    List<String> ids = orderIds.stream().distinct().toList();
    Map<String, OrderRow> rows =
        attempts().read(connection -> ledger.orders(connection, dealId, ids));
    return orderIds.stream()
        .map(id -> Optional.ofNullable(rows.get(id)).map(Books::record))
        .toList();
  }

  @Override
  public List<OrderRecord> unresolved(String dealId, Duration olderThan, int limit) {
    Ids.check("deal id", dealId);
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is not at least 1");
    }
    Instant until = ledger.now().minus(olderThan);
    List<OrderRow> rows =
        attempts()
            .read(
                connection ->
                    Jdbc.query(
                        connection,
                        LogSql.UNRESOLVED,
                        OrderRow::read,
                        dealId,
                        dealId,
                        until,
                        (long) limit));
    return rows.stream().map(Books::record).toList();
  }

  @Override
  public List<OrderRecord> paid(String dealId, String afterOrderId, int limit) {
    Ids.check("deal id", dealId);
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is not at least 1");
    }
    // Oracle takes an empty text for NULL, which nothing is greater than
    String after = afterOrderId.isEmpty() ? BEFORE_ALL_IDS : Ids.check("order id", afterOrderId);
    List<OrderRow> rows =
        attempts()
            .read(
                connection ->
                    Jdbc.query(
                        connection, LogSql.PAID, OrderRow::read, dealId, after, (long) limit));
    return rows.stream().map(Books::record).toList();
  }

  private static OrderRecord record(OrderRow row) {
    return new OrderRecord(row.order(), OrderState.valueOf(row.status()), row.recordedAt());
  }

  @Override
  public void restock(String dealId, long units, String operationId) {
    Ids.check("deal id", dealId);
    Ids.check("operation id", operationId);
    if (units == 0) {
      throw new IllegalArgumentException("restock of deal " + dealId + " by 0 units");
    }
    Optional<NothingHappenedException> refusal =
        attempts().writeAll(new Restocking(ledger, dealId, units, operationId));
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  @Override
  public Optional<Tally> tally(String dealId) {
    Ids.check("deal id", dealId);
    return attempts().read(connection -> tally(connection, dealId));
  }

  private static Optional<Tally> tally(Connection connection, String dealId) throws SQLException {
    List<Tally> perState =
        Jdbc.query(connection, LogSql.TALLY, Books::tallyOfOneState, dealId, dealId);
    return perState.stream().reduce(Books::together);
  }

  private static Tally tallyOfOneState(ResultSet row) throws SQLException {
    DealRow deal = DealRow.read(row);
    Tally.Count count = new Tally.Count(row.getLong("ORDERS"), row.getLong("UNITS"));
    String status = row.getString("STATUS");
    return new Tally(
        deal.deal(row.getLong("RESTOCKED")),
        deal.total(),
        deal.left(),
        "RESERVED".equals(status) ? count : Tally.Count.NONE,
        "PAID".equals(status) ? count : Tally.Count.NONE,
        "CANCELLED".equals(status) ? count : Tally.Count.NONE,
        deal.closed());
  }

  private static Tally together(Tally one, Tally other) {
    return new Tally(
        one.deal(),
        one.quantity(),
        one.left(),
        one.reserved().plus(other.reserved()),
        one.paid().plus(other.paid()),
        one.cancelled().plus(other.cancelled()),
        one.closed());
  }

  @Override
  public void close(String dealId) {
    Ids.check("deal id", dealId);
    boolean known = attempts().writeAll(connection -> ledger.closeDeal(connection, dealId));
    if (!known) {
      throw new UnknownDealException(dealId);
    }
  }

  @Override
  public long purge(String dealId) {
    Ids.check("deal id", dealId);
    return attempts().writeAll(connection -> purge(connection, dealId));
  }

  /** Under the deal's lock, which a reservation under way would hold. */
  private long purge(Connection connection, String dealId) throws SQLException {
    ledger.lockDeal(connection, dealId);
    tally(connection, dealId)
        .orElseThrow(() -> new UnknownDealException(dealId))
        .requirePurgeable();
    return Jdbc.update(connection, LogSql.PURGE, dealId);
  }
}
