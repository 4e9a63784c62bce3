package io.hotdeal.faults;

import io.hotdeal.oracle.OracleSchema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * A real PostgreSQL that has every commit on disk when it returns. The library makes its files;
 * this runs the binary itself, so that it can be killed.
 */
final class PostgresNode implements DatabaseNode {

  private final Path home;
  private final Path data;
  private final int port = Ports.free();
  private final List<String> command;
  private Child process;
  private List<ProcessHandle> frozen = List.of();

  private PostgresNode(Path home) throws IOException {
    this.home = home;
    this.data = home.resolve("data");
    this.command = command(binary());
  }

  static PostgresNode start(Arena arena) {
    try {
      PostgresNode node = arena.add(new PostgresNode(arena.newDirectory()));
      node.start();
      return node;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the library unpacked it to, which only its process tells. */
  private String binary() throws IOException {
    EmbeddedPostgres once =
        EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).start();
    try (once) {
      long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
      return ProcessHandle.of(pid).flatMap(it -> it.info().command()).orElseThrow();
    }
  }

  private List<String> command(String binary) {
    List<String> words = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      words.addAll(List.of("unshare", "-U")); // it refuses to run as root
    }
    words.addAll(List.of(binary, "-D", data.toString(), "-p", Integer.toString(port)));
    for (String setting :
        List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "max_connections=100",
            "shared_buffers=32MB")) {
      words.addAll(List.of("-c", setting));
    }
    return words;
  }

  @Override
  public String url() {
    return urlThrough(port);
  }

  /** A statement that gets no answer fails after a second. */
  @Override
  public String urlThrough(int through) {
    return "jdbc:postgresql://127.0.0.1:"
        + through
        + "/postgres?reWriteBatchedInserts=true&connectTimeout=2&socketTimeout=1&loginTimeout=2";
  }

  /** For whoever asks what takes long, when there are no faults any more. */
  DataSource patiently() {
    return Connecting.to("jdbc:postgresql://127.0.0.1:" + port + "/postgres", user());
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String user() {
    return "postgres";
  }

  @Override
  public OracleSchema schema() {
    return OracleSchema.POSTGRESQL;
  }

  @Override
  public void kill() {
    List<ProcessHandle> backends = process.handle().descendants().toList();
    process.kill();
    backends.forEach(ProcessHandle::destroyForcibly);
    process.close();
    for (ProcessHandle backend : backends) {
      try {
        backend.onExit().get(60, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IllegalStateException("a backend does not end", e);
      }
    }
  }

  /** As {@code pg_ctl -m immediate stop}: it does not write what it has in memory. */
  void stopImmediately() {
    process.quit();
    process.awaitEnd();
    process.close();
  }

  /** SIGSTOP, to all of its processes; the first one first, so that it starts no more. */
  void freeze() {
    process.freeze();
    frozen = process.handle().descendants().toList();
    frozen.forEach(backend -> Child.signal("STOP", backend));
  }

  void wake() {
    frozen.forEach(backend -> Child.signal("CONT", backend));
    process.wake();
  }

  @Override
  public void start() {
    process = Child.server(home, home.resolve("postgres.log"), command);
    Wait.until("postgresql answers", this::answers);
  }

  private boolean answers() throws Exception {
    try (Connection connection = DriverManager.getConnection(url(), user(), "")) {
      return connection.isValid(1);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }
}
