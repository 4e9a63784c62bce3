package io.hotdeal.oracle;

import io.hotdeal.oracle.internal.jdbc.SqlErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The tables as DDL scripts, one per database: for tests, demos and embedded use. In production the
 * owner of the schema runs the script, or, for tables of an earlier version, the one that migrates
 * them.
 */
public enum OracleSchema {
  /** Oracle 12.2 or later, any edition. */
  ORACLE("oracle", "oracle"),
  /** Oracle with the Partitioning option, for order ids that grow. */
  ORACLE_PARTITIONED("oracle-partitioned", "oracle"),
  /** Embedded H2 in Oracle mode; commits survive a killed process with {@code WRITE_DELAY=0}. */
  H2("h2", "h2"),
  /** PostgreSQL, for tests and benchmarks on a durable server. */
  POSTGRESQL("postgresql", "postgresql");

  private static final int NAME_IN_USE = 955;

  /**
   * Oracle's errors of a step that was taken before: the index, the column or the constraint
   * exists, or the constraint to drop does not.
   */
  private static final Set<Integer> DONE_BEFORE = Set.of(NAME_IN_USE, 1430, 2264, 2443);

  private static final String ANY_TABLES = "SELECT PROD_ID FROM ORDER_HISTORY WHERE 1 = 0";

  /**
   * The scripts that change the tables of one version into those of the next.
   *
   * @param version that of the new tables
   * @param done a query that works once the last statement of the script is done
   */
  private record Migration(int version, String done) {

    String resource(String database) {
      return "migration-" + version + "-" + database + ".sql";
    }
  }

  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(2, "SELECT PAYMENT_ID FROM ORDER_HISTORY WHERE 1 = 0"),
          new Migration(3, "SELECT KEEPER FROM HOTDEAL_KEEPER WHERE 1 = 0"));

  private final String resource;
  private final String database;

  OracleSchema(String variant, String database) {
    this.resource = "schema-" + variant + ".sql";
    this.database = database;
  }

  /**
   * How to create a missing table or column, for error messages; names the resources, which a DBA
   * runs.
   */
  static String howToCreate() {
    return "Run the script for your database, one of "
        + Arrays.stream(values())
            .map(schema -> schema + " (resource /io/hotdeal/oracle/" + schema.resource + ")")
            .collect(Collectors.joining(", "))
        + ", or call OracleSchema.<database>.applyTo(dataSource) once. If only some are missing, or"
        + " a column is, the tables are of an earlier version: run "
        + Arrays.stream(values())
            .map(
                schema ->
                    schema.migrations().stream()
                        .map(it -> "/io/hotdeal/oracle/" + it)
                        .collect(Collectors.joining(" and ")))
            .distinct()
            .collect(Collectors.joining(", or "))
        + ", or call OracleSchema.<database>.migrate(dataSource)";
  }

  /** The whole script: comments, and statements that end with a semicolon. */
  public String script() {
    return text(resource);
  }

  /** The script's statements, without semicolons and comments. */
  public List<String> statements() {
    return statementsOf(script());
  }

  /**
   * The scripts that change the tables of an earlier version into those of {@link #script}, from
   * version 1 on, one after the other.
   */
  public String migrationScript() {
    return migrations().stream().map(OracleSchema::text).collect(Collectors.joining("\n"));
  }

  private List<String> migrations() {
    return MIGRATIONS.stream().map(it -> it.resource(database)).toList();
  }

  /** Its statements, without semicolons and comments. */
  public List<String> migrationStatements() {
    return statementsOf(migrationScript());
  }

  private static String text(String resource) {
    try (InputStream in = OracleSchema.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource " + resource + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> statementsOf(String script) {
    String code = script.replaceAll("(?m)^--.*$", "");
    return Arrays.stream(code.split(";", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /**
   * Creates the tables and indexes that do not exist yet. Blocks. Each statement is committed on
   * its own, so after a failure the earlier ones stay; call it again to create the rest.
   *
   * @throws SQLException the database's own error
   */
  public void applyTo(DataSource dataSource) throws SQLException {
    withStatement(
        dataSource, statement -> executeAll(statement, statements(), Set.of(NAME_IN_USE)));
  }

  /**
   * Changes the tables of an earlier version into the current ones; nothing happens if they are
   * current, or if there are none. Processes of that version may be selling meanwhile, but not on
   * H2, which loses rows that are written while a column is added. Blocks. Each statement is
   * committed on its own, so after a failure the earlier ones stay; call it again to do the rest. A
   * program that creates its tables itself calls this before {@link #applyTo}.
   *
   * <p>Read the comments of {@link #migrationScript} first: about large tables, and about when the
   * first order may be held.
   *
   * @throws SQLException the database's own error
   */
  public void migrate(DataSource dataSource) throws SQLException {
    withStatement(
        dataSource,
        statement -> {
          if (works(statement, ANY_TABLES)) {
            for (Migration each : MIGRATIONS) {
              migrate(statement, each);
            }
          }
        });
  }

  private void migrate(Statement statement, Migration migration) throws SQLException {
    if (!works(statement, migration.done)) {
      executeAll(statement, statementsOf(text(migration.resource(database))), DONE_BEFORE);
    }
  }

  @FunctionalInterface
  private interface Work {
    void on(Statement statement) throws SQLException;
  }

  /** Each statement is a transaction of its own. */
  private static void withStatement(DataSource dataSource, Work work) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(true);
      try {
        work.on(statement);
      } finally {
        connection.setAutoCommit(autoCommit);
      }
    }
  }

  /** Ignores these codes, because Oracle has no IF NOT EXISTS before 23ai. */
  private static void executeAll(Statement statement, List<String> ddl, Set<Integer> ignored)
      throws SQLException {
    for (String each : ddl) {
      try {
        statement.execute(each);
      } catch (SQLException e) {
        if (!ignored.contains(e.getErrorCode())) {
          throw e;
        }
      }
    }
  }

  /** Whether the table and the column of the query exist. */
  private static boolean works(Statement statement, String query) throws SQLException {
    try {
      return statement.execute(query);
    } catch (SQLException e) {
      if (SqlErrorKind.of(e) != SqlErrorKind.NO_TABLE) {
        throw e;
      }
      return false;
    }
  }
}
