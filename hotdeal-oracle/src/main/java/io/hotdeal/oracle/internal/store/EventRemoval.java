package io.hotdeal.oracle.internal.store;

import io.hotdeal.HotDealException;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The removal of events that all consumers of a deal have acknowledged, page by page, each in a
 * transaction of its own.
 *
 * <p>It follows the commit of an acknowledgement, and locks all cursors of the deal: so of two
 * consumers that acknowledge the last events at the same time, the later one sees both cursors, and
 * no consumer is registered before an event that is being removed. Thread-safe.
 */
final class EventRemoval {

  /** How many events one transaction removes at most. */
  static final long PAGE = 2_048;

  private static final Logger LOG = LoggerFactory.getLogger(EventRemoval.class);

  private final JdbcStore store;

  EventRemoval(JdbcStore store) {
    this.store = store;
  }

  /** Removes what it can: what is left by a failure is removed after a later acknowledgement. */
  void run(String dealId) {
    try {
      long removed;
      do {
        removed = store.transactions().writeAll(connection -> removeTaken(connection, dealId));
      } while (removed == PAGE);
    } catch (HotDealException e) {
      LOG.debug("events of deal {} that were acknowledged are not removed yet", dealId, e);
    }
  }

  private static long removeTaken(Connection connection, String dealId) throws SQLException {
    List<Long> unused =
        Jdbc.query(connection, OutboxSql.LOCK_CURSORS, row -> row.getLong("SEQ"), dealId);
    return Jdbc.update(connection, OutboxSql.DELETE_TAKEN, dealId, dealId, dealId, PAGE);
  }

  /** Removes the oldest events of a deal, whoever has taken them; returns their number. */
  static long removeOldest(Connection connection, String dealId) throws SQLException {
    return Jdbc.update(connection, OutboxSql.DELETE_OLDEST, dealId, dealId, PAGE);
  }
}
