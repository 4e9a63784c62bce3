package io.hotdeal.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A real PostgreSQL on a free port of the loopback, with every commit on disk when it returns. */
public final class PostgresServer implements AutoCloseable {

  /** The user of all databases; the server asks for no password. */
  public static final String USER = "postgres";

  private static final Map<String, String> DURABLE =
      Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

  private final EmbeddedPostgres server;

  private PostgresServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Starts one with further settings, which are names and values of its configuration file. */
  public static PostgresServer started(Map<String, String> settings) {
    EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
    DURABLE.forEach(builder::setServerConfig);
    settings.forEach(builder::setServerConfig);
    return started(builder);
  }

  /**
   * Creates the files of a server that a test runs and kills itself.
   *
   * @return the path of the server's program
   */
  public static Path createIn(Path dataDirectory) {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder().setDataDirectory(dataDirectory).setCleanDataDirectory(false);
    PostgresServer once = started(builder);
    try {
      Path pidFile = dataDirectory.resolve("postmaster.pid");
      long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
      return ProcessHandle.of(pid).flatMap(it -> it.info().command()).map(Path::of).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      once.close();
    }
  }

  private static PostgresServer started(EmbeddedPostgres.Builder builder) {
    try {
      return new PostgresServer(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The URL of a database, with the driver's batches rewritten to multi-row inserts. */
  public String jdbcUrl(String database) {
    return server.getJdbcUrl(USER, database) + "&reWriteBatchedInserts=true";
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
