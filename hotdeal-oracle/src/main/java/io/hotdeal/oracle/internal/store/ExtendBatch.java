package io.hotdeal.oracle.internal.store;

import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.oracle.internal.jdbc.TransactionBody;
import io.hotdeal.spi.HoldExtension;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.OrderState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that moves the deadlines of a batch of holds: it reads the rows, and updates those
 * whose deadline has not passed, unless they have changed since.
 */
final class ExtendBatch implements TransactionBody<List<Optional<OrderSnapshot>>> {

  private final DealTables tables;
  private final List<HoldExtension> extensions;

  /**
   * @param extensions at least one, all of one deal, each of another order
   */
  ExtendBatch(DealTables tables, List<HoldExtension> extensions) {
    this.tables = tables;
    this.extensions = extensions;
  }

  @Override
  public List<Optional<OrderSnapshot>> run(Connection connection) throws SQLException {
    Map<String, HoldRow> before = read(connection);
    Map<String, HoldRow> after = extend(connection, before) ? read(connection) : before;
    return extensions.stream()
        .map(it -> Optional.ofNullable(after.get(it.id())).map(row -> row.snapshot(row.state())))
        .toList();
  }

  private Map<String, HoldRow> read(Connection connection) throws SQLException {
    List<String> ids = extensions.stream().map(HoldExtension::id).toList();
    return HoldRow.byId(connection, extensions.get(0).dealId(), ids);
  }

  /** Whether a deadline was moved. */
  private boolean extend(Connection connection, Map<String, HoldRow> rows) throws SQLException {
    Instant now = tables.now();
    List<@Nullable Object[]> values = new ArrayList<>();
    for (HoldExtension extension : DealTables.sorted(extensions)) {
      HoldRow row = rows.get(extension.id());
      Instant deadline = row == null ? null : row.order().until();
      if (row != null && deadline != null && row.state() == OrderState.HELD) {
        Instant until = earlier(extension.until(), row.latest());
        if (deadline.isAfter(now) && until.isAfter(deadline)) {
          values.add(new Object[] {until, extension.dealId(), extension.id(), deadline});
        }
      }
    }
    for (boolean hit : Jdbc.batchHits(connection, OrderLogSql.EXTEND, values)) {
      if (!hit) {
        throw new SQLException("a held order changed under this batch", "40001");
      }
    }
    return !values.isEmpty();
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
