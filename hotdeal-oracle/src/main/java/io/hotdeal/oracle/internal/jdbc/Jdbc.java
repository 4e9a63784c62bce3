package io.hotdeal.oracle.internal.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Helpers that execute one JDBC statement each. Parameters are strings, longs, instants, null for a
 * column of instants, and {@link Text} or {@link LongOrNull} for a column of strings or numbers
 * that may be null.
 *
 * <p>Instants are TIMESTAMP columns in UTC, bound as LocalDateTime: it has no zone that a driver, a
 * session or a server could convert.
 */
public final class Jdbc {

  private Jdbc() {}

  /** A parameter that is a string or null. */
  public record Text(@Nullable String value) {}

  /** A parameter that is a number or null. */
  public record LongOrNull(@Nullable Long value) {}

  /** Converts the current row to a value. */
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  public static int update(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    }
  }

  /**
   * Updates at most one row and returns the new value of one of its columns, in one round trip.
   *
   * @param column in lower case: PostgreSQL's driver quotes it, the others accept either case
   * @return empty if no row matched
   */
  public static OptionalLong updateReturning(
      Connection connection, String column, String sql, @Nullable Object... values)
      throws SQLException {
    long[] one = updateReturning(connection, new String[] {column}, sql, values);
    return one.length == 0 ? OptionalLong.empty() : OptionalLong.of(one[0]);
  }

  /**
   * The same for several columns.
   *
   * @return their values; empty if no row matched
   */
  public static long[] updateReturning(
      Connection connection, String[] columns, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql, columns)) {
      bind(statement, values);
      if (statement.executeUpdate() == 0) {
        return new long[0];
      }
      try (ResultSet keys = statement.getGeneratedKeys()) {
        if (!keys.next()) {
          throw new SQLException("the driver did not return " + String.join(", ", columns));
        }
        long[] returned = new long[columns.length];
        for (int i = 0; i < columns.length; i++) {
          returned[i] = keys.getLong(i + 1);
        }
        return returned;
      }
    }
  }

  /**
   * Executes a statement once per row of values, in one JDBC batch; does nothing for no rows.
   *
   * @return the number of changed rows per execution, or a negative number where the driver does
   *     not count
   */
  public static int[] batch(Connection connection, String sql, List<@Nullable Object[]> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return new int[0];
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (@Nullable Object[] row : rows) {
        bind(statement, row);
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  /**
   * Like {@link #batch}, for statements that change at most one row each.
   *
   * @return per execution whether it changed a row
   * @throws SQLException also if the driver does not count the rows of a batch
   */
  public static boolean[] batchHits(
      Connection connection, String sql, List<@Nullable Object[]> rows) throws SQLException {
    int[] counts = batch(connection, sql, rows);
    boolean[] hits = new boolean[counts.length];
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < 0) {
        throw new SQLException("the driver does not count the rows of a batch");
      }
      hits[i] = counts[i] > 0;
    }
    return hits;
  }

  public static <T> List<T> query(
      Connection connection, String sql, RowReader<T> reader, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      List<T> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(reader.read(result));
        }
      }
      return rows;
    }
  }

  public static <T> Optional<T> queryOne(
      Connection connection, String sql, RowReader<T> reader, @Nullable Object... values)
      throws SQLException {
    return query(connection, sql, reader, values).stream().findFirst();
  }

  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
  }

  /** A column of milliseconds. */
  public static Duration duration(ResultSet row, String column) throws SQLException {
    return Duration.ofMillis(row.getLong(column));
  }

  public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    LocalDateTime time = row.getObject(column, LocalDateTime.class);
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      bind(statement, i + 1, values[i]);
    }
  }

  private static void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.TIMESTAMP);
    } else if (value instanceof Text text) {
      statement.setString(index, text.value);
    } else if (value instanceof LongOrNull number) {
      statement.setObject(index, number.value, Types.BIGINT);
    } else if (value instanceof Instant instant) {
      statement.setObject(index, LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    } else if (value instanceof Long number) {
      statement.setLong(index, number);
    } else {
      statement.setString(index, (String) value);
    }
  }
}
