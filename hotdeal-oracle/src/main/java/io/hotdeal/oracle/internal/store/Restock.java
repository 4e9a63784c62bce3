package io.hotdeal.oracle.internal.store;

import io.hotdeal.NothingHappenedException;
import io.hotdeal.Units;
import io.hotdeal.UnknownDealException;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.oracle.internal.jdbc.TransactionBody;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A transaction that adds units to a deal, once per operation id. The result is the reason for a
 * refusal, or empty.
 */
final class Restock implements TransactionBody<Optional<NothingHappenedException>> {

  private final DealTables tables;
  private final String dealId;
  private final long units;
  private final String operationId;

  Restock(DealTables tables, String dealId, long units, String operationId) {
    this.tables = tables;
    this.dealId = dealId;
    this.units = units;
    this.operationId = operationId;
  }

  @Override
  public Optional<NothingHappenedException> run(Connection connection) throws SQLException {
    int first =
        Jdbc.update(
            connection,
            OrderLogSql.INSERT_RESTOCK_IF_ABSENT,
            dealId,
            operationId,
            units,
            dealId,
            operationId);
    if (first == 0) {
      return compareWithFirst(connection);
    }
    Optional<DealRow> deal = tables.deal(connection, dealId);
    if (deal.isPresent() && tables.restock(connection, deal.get(), units)) {
      return Optional.empty();
    }
    connection.rollback();
    return Optional.of(refusal(tables.deal(connection, dealId)));
  }

  private Optional<NothingHappenedException> compareWithFirst(Connection connection)
      throws SQLException {
    return Jdbc.queryOne(
            connection, OrderLogSql.RESTOCKED_BY, row -> row.getLong("UNITS"), dealId, operationId)
        .filter(before -> before != units)
        .map(
            before ->
                new NothingHappenedException(
                    "restock "
                        + operationId
                        + " of deal "
                        + dealId
                        + " was by "
                        + before
                        + " units, not "
                        + units));
  }

  private NothingHappenedException refusal(Optional<DealRow> deal) {
    if (deal.isEmpty()) {
      return new UnknownDealException(dealId);
    }
    String attempt = "restock of deal " + dealId + " by " + units + " units";
    return new NothingHappenedException(
        units < 0
            ? attempt + ": only " + deal.get().left() + " are left"
            : attempt + " would pass " + Units.MAX);
  }
}
