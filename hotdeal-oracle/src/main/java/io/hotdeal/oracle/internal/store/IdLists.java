package io.hotdeal.oracle.internal.store;

import io.hotdeal.oracle.internal.jdbc.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries for a list of ids of one deal, as many per statement as its IN list has. */
final class IdLists {

  private IdLists() {}

  static <T> List<T> query(
      Connection connection,
      SharedSql.OnList sql,
      Jdbc.RowReader<T> reader,
      String dealId,
      List<String> ids)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    for (@Nullable Object[] list : lists(dealId, ids)) {
      rows.addAll(Jdbc.query(connection, sql.of(list.length - 1), reader, list));
    }
    return rows;
  }

  /** The parameters of IN lists: the deal, then the ids; the last one repeated to fill the list. */
  private static List<@Nullable Object[]> lists(String dealId, List<String> ids) {
    int size = ids.size() <= SharedSql.SHORT_LIST ? SharedSql.SHORT_LIST : SharedSql.LONG_LIST;
    List<@Nullable Object[]> lists = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += size) {
      @Nullable Object[] values = new @Nullable Object[1 + size];
      values[0] = dealId;
      for (int i = 0; i < size; i++) {
        values[1 + i] = ids.get(Math.min(from + i, ids.size() - 1));
      }
      lists.add(values);
    }
    return lists;
  }
}
