package io.hotdeal.oracle;

import io.hotdeal.ClaimResult;
import io.hotdeal.Deal;
import io.hotdeal.DealConflictException;
import io.hotdeal.Ids;
import io.hotdeal.Order;
import io.hotdeal.Refusal;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.Units;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The counter in Oracle, for those who want a gate but no other store; unlike others it forgets
 * nothing.
 *
 * <p>A batch of claims is one transaction, as a batch of orders is in {@link OracleOrderLog}, on
 * tables of its own; what is said there of connections, transactions, errors, clock and
 * thread-safety holds here too. In front of a log on the same database it saves nothing: the desk
 * needs no counter there.
 */
public final class OracleStockCounter implements StockCounter {

  private static final Logger LOG = LoggerFactory.getLogger(OracleStockCounter.class);
  private static final String STORE = "stock counter";

  private static final String HELD = "HELD";

  /** Settled, but never held: has no units. */
  private static final String NOTED = "NOTED";

  private final DataSource dataSource;
  private final LogClock clock;
  private final Connections connections;
  private final Ledger ledger;
  private final Terms terms = new Terms();

  OracleStockCounter(DataSource dataSource, LogClock clock) {
    this.dataSource = dataSource;
    this.clock = clock;
    this.connections = new Connections(STORE, dataSource, clock, LOG::warn);
    this.ledger = new Ledger(LedgerSql.COUNTER, clock);
  }

  /** A counter that takes units by a conditional update, on the database's clock. */
  public static OracleStockCounter conditionalUpdate(DataSource dataSource) {
    return new OracleStockCounter(
        dataSource, new DatabaseClock(STORE, InstantSource.system(), System::nanoTime, LOG::warn));
  }

  /** The same counter on this clock alone, whatever the database's says: for tests. */
  public OracleStockCounter withClock(InstantSource other) {
    return new OracleStockCounter(dataSource, LogClock.given(other));
  }

  @Override
  public void open(Deal deal) {
    Deal standing =
        attemptsOnTime()
            .writeAll(
                connection ->
                    ledger.insertDeal(connection, deal, deal.quantity())
                        ? deal
                        : terms(connection, deal.id()));
    if (!standing.equals(deal)) {
      throw new DealConflictException("counter", standing, deal);
    }
  }

  private Deal terms(Connection connection, String dealId) throws SQLException {
    return ledger
        .deal(connection, dealId)
        .orElseThrow(() -> new SQLException("deal " + dealId + " went away", "40001"))
        .deal(0);
  }

  /**
   * {@inheritDoc}
   *
   * @return Conflict also for a claim that a constraint of the database refuses, alone
   */
  @Override
  public List<ClaimResult> claim(List<Order> orders) {
    if (orders.isEmpty()) {
      return List.of();
    }
    Order.commonDealOf(orders);
    Attempts attempts = attempts();
    return Halving.of(
        List.copyOf(orders),
        some ->
            attempts.write(new Taking<>(ledger, terms, some, HELD, false, CounterAnswers.INSTANCE)),
        (order, refused) -> new Refusal.Conflict());
  }

  /** {@inheritDoc} What a constraint of the database refuses stays as it is, alone. */
  @Override
  public void settle(List<Order> orders) {
    ofKnownDeal(orders, this::settle);
  }

  private void settle(Connection connection, DealRow deal, List<Order> orders) throws SQLException {
    Instant now = ledger.now();
    List<Order> sorted = Ledger.sorted(orders);
    List<@Nullable Object[]> rows = new ArrayList<>(sorted.size());
    for (Order order : sorted) {
      rows.add(new Object[] {now, deal.id(), order.id()});
    }
    boolean[] settled = Jdbc.batchHits(connection, CounterSql.SETTLE, rows);
    List<Order> others = chosen(sorted, settled, false);
    boolean[] noted = ledger.insertOrdersIfAbsent(connection, others, NOTED, now);
    ledger.addToBuyersWithoutLimit(connection, deal, chosen(others, noted, true));
  }

  /** {@inheritDoc} What a constraint of the database refuses stays as it is, alone. */
  @Override
  public void release(List<Order> orders) {
    ofKnownDeal(orders, this::release);
  }

  private void release(Connection connection, DealRow deal, List<Order> orders)
      throws SQLException {
    List<Order> sorted = Ledger.sorted(orders);
    List<@Nullable Object[]> rows = new ArrayList<>(sorted.size());
    for (Order order : sorted) {
      rows.add(new Object[] {deal.id(), order.id(), order.buyerId(), order.quantity()});
    }
    boolean[] released = Jdbc.batchHits(connection, CounterSql.RELEASE, rows);
    ledger.giveBack(connection, deal, chosen(sorted, released, true));
  }

  @Override
  public Optional<Stock> stock(String dealId) {
    Ids.check("deal id", dealId);
    return attempts()
        .read(
            connection ->
                Jdbc.queryOne(connection, CounterSql.STOCK, OracleStockCounter::readStock, dealId));
  }

  private static Stock readStock(ResultSet row) throws SQLException {
    return new Stock(
        row.getLong("QUANTITY"),
        row.getLong("CLAIMED"),
        row.getLong("SETTLED"),
        row.getLong("VERSION"),
        row.getString("STATE").equals("CLOSED"));
  }

  @Override
  public List<Order> overdue(String dealId, int limit) {
    Ids.check("deal id", dealId);
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is not at least 1");
    }
    return attemptsOnTime().read(connection -> overdue(connection, dealId, limit));
  }

  private List<Order> overdue(Connection connection, String dealId, int limit) throws SQLException {
    Optional<DealRow> deal = ledger.deal(connection, dealId);
    if (deal.isEmpty()) {
      return List.of();
    }
    return Jdbc.query(
        connection,
        CounterSql.OVERDUE,
        row -> OrderRow.read(row).order(),
        dealId,
        dealId,
        ledger.now().minus(deal.get().hold()),
        (long) limit);
  }

  @Override
  public List<Order> held(String dealId, int limit) {
    Ids.check("deal id", dealId);
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is not at least 1");
    }
    return attempts()
        .read(
            connection ->
                Jdbc.query(
                    connection,
                    CounterSql.HELD,
                    row -> OrderRow.read(row).order(),
                    dealId,
                    dealId,
                    (long) limit));
  }

  @Override
  public boolean restore(Deal deal, long remaining, long ifVersion) {
    if (remaining < 0 || remaining > Units.MAX) {
      throw new IllegalArgumentException(
          "remaining " + remaining + " is not within 0 and " + Units.MAX);
    }
    return attempts()
        .writeAll(
            connection ->
                ifVersion == Stock.ABSENT
                    ? ledger.insertDeal(connection, deal, remaining)
                    : Jdbc.update(connection, CounterSql.RESTORE, remaining, deal.id(), ifVersion)
                        > 0);
  }

  @Override
  public void close(String dealId) {
    Ids.check("deal id", dealId);
    attempts().writeAll(connection -> ledger.closeDeal(connection, dealId));
  }

  @Override
  public void purge(String dealId) {
    Ids.check("deal id", dealId);
    attempts().writeAll(connection -> purge(connection, dealId));
  }

  private boolean purge(Connection connection, String dealId) throws SQLException {
    boolean closed = ledger.lockDeal(connection, dealId).filter(DealRow::closed).isPresent();
    if (closed) {
      Jdbc.update(connection, CounterSql.FORGET_CLAIMS, dealId);
      Jdbc.update(connection, CounterSql.FORGET_BUYERS, dealId);
      Jdbc.update(connection, CounterSql.FORGET_DEAL, dealId);
    }
    return closed;
  }

  private Attempts attempts() {
    return new Attempts(connections);
  }

  /** The same, where the database's clock is to be read unless it was a moment ago. */
  private Attempts attemptsOnTime() {
    clock.expire();
    return attempts();
  }

  private void ofKnownDeal(List<Order> orders, ClaimAction action) {
    if (orders.isEmpty()) {
      return;
    }
    Order.commonDealOf(orders);
    Attempts attempts = attempts();
    List<Boolean> unused =
        Halving.of(
            List.copyOf(orders),
            some -> attempts.writeKeyed(connection -> apply(connection, action, some)),
            OracleStockCounter::refused);
  }

  private List<Boolean> apply(Connection connection, ClaimAction action, List<Order> orders)
      throws SQLException {
    Optional<DealRow> deal = ledger.deal(connection, orders.get(0).dealId());
    if (deal.isPresent()) {
      action.apply(connection, deal.get(), orders);
    }
    return Collections.nCopies(orders.size(), true);
  }

  private static boolean refused(Order order, Violation refused) {
    LOG.debug("the database refuses to change the claim of {}", order, refused);
    return false;
  }

  private static List<Order> chosen(List<Order> orders, boolean[] hits, boolean hit) {
    List<Order> chosen = new ArrayList<>();
    for (int i = 0; i < hits.length; i++) {
      if (hits[i] == hit) {
        chosen.add(orders.get(i));
      }
    }
    return chosen;
  }

  @FunctionalInterface
  private interface ClaimAction {
    void apply(Connection connection, DealRow deal, List<Order> orders) throws SQLException;
  }
}
