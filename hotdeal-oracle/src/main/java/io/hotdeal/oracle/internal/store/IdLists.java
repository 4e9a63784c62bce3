package io.hotdeal.oracle.internal.store;

import io.hotdeal.oracle.internal.jdbc.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements for a list of ids, as many of them per execution as the IN list has. */
final class IdLists {

  private IdLists() {}

  static <T> List<T> query(
      Connection connection,
      SharedSql.OnList sql,
      Jdbc.RowReader<T> reader,
      String dealId,
      List<String> ids)
      throws SQLException {
    return query(connection, sql, reader, new Object[] {dealId}, ids);
  }

  /** The same with a time as the parameter before the ids. */
  static <T> List<T> query(
      Connection connection,
      SharedSql.OnList sql,
      Jdbc.RowReader<T> reader,
      Instant time,
      List<String> ids)
      throws SQLException {
    return query(connection, sql, reader, new Object[] {time}, ids);
  }

  /** The same without a parameter before the ids. */
  static <T> List<T> query(
      Connection connection, SharedSql.OnList sql, Jdbc.RowReader<T> reader, List<String> ids)
      throws SQLException {
    return query(connection, sql, reader, new Object[0], ids);
  }

  private static <T> List<T> query(
      Connection connection,
      SharedSql.OnList sql,
      Jdbc.RowReader<T> reader,
      Object[] first,
      List<String> ids)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    for (@Nullable Object[] list : lists(first, ids)) {
      rows.addAll(Jdbc.query(connection, sql.of(list.length - first.length), reader, list));
    }
    return rows;
  }

  /** Executes an update, in one JDBC batch if the ids are too many for one IN list. */
  static void update(Connection connection, SharedSql.OnList sql, List<String> ids, Object... first)
      throws SQLException {
    List<@Nullable Object[]> lists = lists(first, ids);
    if (!lists.isEmpty()) {
      Jdbc.batch(connection, sql.of(lists.get(0).length - first.length), lists);
    }
  }

  /**
   * The parameters of IN lists: the first ones, then the ids, the last repeated to fill the list.
   */
  private static List<@Nullable Object[]> lists(Object[] first, List<String> ids) {
    int size = SharedSql.OnList.sizeFor(ids.size());
    List<@Nullable Object[]> lists = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += size) {
      @Nullable Object[] values = Arrays.copyOf(first, first.length + size);
      for (int i = 0; i < size; i++) {
        values[first.length + i] = ids.get(Math.min(from + i, ids.size() - 1));
      }
      lists.add(values);
    }
    return lists;
  }
}
