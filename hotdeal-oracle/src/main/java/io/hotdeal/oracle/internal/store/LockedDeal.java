package io.hotdeal.oracle.internal.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A deal whose row is locked by the present transaction.
 *
 * @param lastEvent the sequence of its last event, 0 if it has none
 */
record LockedDeal(DealRow row, long lastEvent) {

  static LockedDeal read(ResultSet row) throws SQLException {
    return new LockedDeal(DealRow.read(row), row.getLong("LAST_EVENT"));
  }
}
