package io.hotdeal.oracle.internal.store;

import io.hotdeal.DealEvent;
import io.hotdeal.Ids;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.spi.Outbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The outbox of a log in tables. Leases go by the database's clock. Thread-safe. */
final class JdbcOutbox implements Outbox {

  private final JdbcStore store;
  private final EventRemoval removal;

  JdbcOutbox(JdbcStore store) {
    this.store = store;
    this.removal = new EventRemoval(store);
  }

  @Override
  public void register(Collection<String> consumers, String dealId) {
    List<String> names = consumers.stream().sorted().distinct().toList();
    names.forEach(consumer -> Ids.check("consumer", consumer));
    Ids.check("deal id", dealId);
    if (!names.isEmpty()) {
      int unused = store.transactions().writeAll(connection -> register(connection, names, dealId));
    }
  }

  /**
   * Locks the deal and then its cursors: so a purge, or a removal of events, has either committed,
   * or finds the new cursors.
   *
   * @return how many consumers were not registered before
   */
  private int register(Connection connection, List<String> consumers, String dealId)
      throws SQLException {
    int registered = 0;
    if (!areRegistered(connection, consumers, dealId)
        && store.tables().lockDeal(connection, dealId).isPresent()) {
      List<Long> unused =
          Jdbc.query(connection, OutboxSql.LOCK_CURSORS, row -> row.getLong("SEQ"), dealId);
      for (String consumer : consumers) {
        registered +=
            Jdbc.update(connection, OutboxSql.REGISTER, consumer, dealId, dealId, consumer);
      }
    }
    return registered;
  }

  private static boolean areRegistered(Connection connection, List<String> consumers, String dealId)
      throws SQLException {
    return Jdbc.query(connection, OutboxSql.CONSUMERS, row -> row.getString("CONSUMER"), dealId)
        .containsAll(consumers);
  }

  @Override
  public void unregister(String consumer, String dealId) {
    Ids.check("consumer", consumer);
    Ids.check("deal id", dealId);
    int unused =
        store
            .transactions()
            .writeAll(
                connection -> Jdbc.update(connection, OutboxSql.UNREGISTER, dealId, consumer));
    removal.run(dealId);
  }

  @Override
  public List<String> pending(String consumer, List<String> dealIds) {
    Ids.check("consumer", consumer);
    dealIds.forEach(id -> Ids.check("deal id", id));
    if (dealIds.isEmpty()) {
      return List.of();
    }
    return store
        .transactions()
        .read(
            connection ->
                IdLists.query(
                    connection,
                    OutboxSql.PENDING,
                    row -> row.getString("PROD_ID"),
                    consumer,
                    dealIds.stream().distinct().toList()));
  }

  @Override
  public List<DealEvent> next(Reader reader, String dealId, int limit) {
    Ids.check("deal id", dealId);
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is not at least 1");
    }
    return store
        .transactionsOnTime()
        .writeAll(connection -> next(connection, reader, dealId, limit));
  }

  private List<DealEvent> next(Connection connection, Reader reader, String dealId, int limit)
      throws SQLException {
    Instant now = store.tables().now();
    int leased =
        Jdbc.update(
            connection,
            OutboxSql.LEASE,
            reader.owner(),
            now.plus(reader.lease()),
            dealId,
            reader.consumer(),
            reader.owner(),
            now);
    if (leased == 0) {
      return List.of();
    }
    List<DealEvent> events = events(connection, reader.consumer(), dealId, limit);
    if (events.isEmpty()) {
      Jdbc.update(connection, OutboxSql.END_LEASE, dealId, reader.consumer());
    }
    return events;
  }

  private static List<DealEvent> events(
      Connection connection, String consumer, String dealId, int limit) throws SQLException {
    return Jdbc.query(
        connection, OutboxSql.NEXT, EventRow::read, dealId, dealId, consumer, (long) limit);
  }

  @Override
  public boolean acknowledge(Reader reader, String dealId, long sequence, boolean last) {
    Ids.check("deal id", dealId);
    boolean moved =
        store
            .transactions()
            .writeAll(connection -> acknowledge(connection, reader, dealId, sequence, last));
    if (moved) {
      removal.run(dealId);
    }
    return moved;
  }

  private static boolean acknowledge(
      Connection connection, Reader reader, String dealId, long sequence, boolean last)
      throws SQLException {
    int moved =
        Jdbc.update(
            connection,
            OutboxSql.ACKNOWLEDGE,
            sequence,
            sequence,
            new Jdbc.Text(last ? null : reader.owner()),
            dealId,
            reader.consumer(),
            reader.owner());
    return moved > 0;
  }

  @Override
  public Optional<Lag> lag(String consumer, String dealId) {
    Ids.check("consumer", consumer);
    Ids.check("deal id", dealId);
    return store.transactions().read(connection -> lag(connection, consumer, dealId));
  }

  private static Optional<Lag> lag(Connection connection, String consumer, String dealId)
      throws SQLException {
    Optional<Long> lag = lagging(connection, consumer, dealId);
    if (lag.isEmpty()) {
      return Optional.empty();
    }
    Optional<DealEvent> oldest = events(connection, consumer, dealId, 1).stream().findFirst();
    return Optional.of(new Lag(lag.get(), oldest));
  }

  /** How many events the consumer has not acknowledged; empty if it is not registered. */
  private static Optional<Long> lagging(Connection connection, String consumer, String dealId)
      throws SQLException {
    return Jdbc.queryOne(connection, OutboxSql.LAG, row -> row.getLong("LAG"), dealId, consumer);
  }
}
