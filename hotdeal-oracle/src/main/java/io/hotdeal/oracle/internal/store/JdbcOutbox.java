package io.hotdeal.oracle.internal.store;

import io.hotdeal.DealEvent;
import io.hotdeal.Ids;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.spi.Outbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The outbox of a log in tables. Leases go by the database's clock. Thread-safe. */
final class JdbcOutbox implements Outbox {

  private final JdbcStore store;

  JdbcOutbox(JdbcStore store) {
    this.store = store;
  }

  @Override
  public void register(String consumer, String dealId) {
    Ids.check("consumer", consumer);
    Ids.check("deal id", dealId);
    boolean unused =
        store.transactions().writeAll(connection -> register(connection, consumer, dealId));
  }

  /**
   * Locks the deal and then its cursors: so a purge, or an acknowledgement that removes events, has
   * either committed, or finds the new cursor.
   *
   * @return whether the consumer was not registered before
   */
  private boolean register(Connection connection, String consumer, String dealId)
      throws SQLException {
    if (lagging(connection, consumer, dealId).isPresent()
        || store.tables().lockDeal(connection, dealId).isEmpty()) {
      return false;
    }
    List<Long> unused =
        Jdbc.query(connection, OutboxSql.LOCK_CURSORS, row -> row.getLong("SEQ"), dealId);
    return Jdbc.update(connection, OutboxSql.REGISTER, consumer, dealId, dealId, consumer) > 0;
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
    return leased == 0 ? List.of() : events(connection, reader.consumer(), dealId, limit);
  }

  private static List<DealEvent> events(
      Connection connection, String consumer, String dealId, int limit) throws SQLException {
    return Jdbc.query(
        connection, OutboxSql.NEXT, EventRow::read, dealId, dealId, consumer, (long) limit);
  }

  @Override
  public boolean acknowledge(Reader reader, String dealId, long sequence, boolean last) {
    Ids.check("deal id", dealId);
    return store
        .transactionsOnTime()
        .writeAll(connection -> acknowledge(connection, reader, dealId, sequence, last));
  }

  private boolean acknowledge(
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
            reader.owner(),
            store.tables().now());
    if (moved > 0) {
      Jdbc.update(connection, OutboxSql.DELETE_TAKEN, dealId, dealId);
    }
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
