package io.hotdeal.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The tables as DDL scripts, one per database: for tests, demos and embedded use. In production the
 * owner of the schema runs the script.
 */
public enum OracleSchema {
  /** Oracle 12.2 or later, any edition. */
  ORACLE("schema-oracle.sql"),
  /** Oracle with the Partitioning option, for order ids that grow. */
  ORACLE_PARTITIONED("schema-oracle-partitioned.sql"),
  /** Embedded H2 in Oracle mode; commits survive a killed process with {@code WRITE_DELAY=0}. */
  H2("schema-h2.sql"),
  /** PostgreSQL, for tests and benchmarks on a durable server. */
  POSTGRESQL("schema-postgresql.sql");

  private static final int NAME_IN_USE = 955;

  private final String resource;

  OracleSchema(String resource) {
    this.resource = resource;
  }

  /** How to create a missing table, for error messages; names the resources, which a DBA runs. */
  static String howToCreate() {
    return "Run the script for your database, one of "
        + Arrays.stream(values())
            .map(schema -> schema + " (resource /io/hotdeal/oracle/" + schema.resource + ")")
            .collect(Collectors.joining(", "))
        + ", or call OracleSchema.<database>.applyTo(dataSource) once";
  }

  /** The whole script: comments, and statements that end with a semicolon. */
  public String script() {
    try (InputStream in = OracleSchema.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource " + resource + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The script's statements, without semicolons and comments. */
  public List<String> statements() {
    String code = script().replaceAll("(?m)^--.*$", "");
    return Arrays.stream(code.split(";", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /**
   * Creates the tables and indexes that do not exist yet. Blocks. Each statement is committed on
   * its own, so after a failure the earlier ones stay; call it again to create the rest.
   *
   * @throws SQLException the database's own error
   */
  public void applyTo(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(true);
      try {
        for (String ddl : statements()) {
          applyUnlessThere(statement, ddl);
        }
      } finally {
        connection.setAutoCommit(autoCommit);
      }
    }
  }

  /** Ignores "name is in use", because Oracle has no IF NOT EXISTS before 23ai. */
  private static void applyUnlessThere(Statement statement, String ddl) throws SQLException {
    try {
      statement.execute(ddl);
    } catch (SQLException e) {
      if (e.getErrorCode() != NAME_IN_USE) {
        throw e;
      }
    }
  }
}
