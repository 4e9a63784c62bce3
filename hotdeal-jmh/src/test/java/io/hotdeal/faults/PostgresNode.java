package io.hotdeal.faults;

import io.hotdeal.oracle.OracleSchema;
import io.hotdeal.testkit.ChildProcess;
import io.hotdeal.testkit.FreePorts;
import io.hotdeal.testkit.PostgresServer;
import io.hotdeal.testkit.Resources;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * A real PostgreSQL whose commits are on disk when they return. {@link PostgresServer} creates its
 * files; this class runs the binary itself, so that it can be killed.
 */
final class PostgresNode implements DatabaseNode {

  private final Path home;
  private final Path data;
  private final int port = FreePorts.next();
  private final List<String> command;
  private ChildProcess process;
  private List<ProcessHandle> frozen = List.of();

  private PostgresNode(Path home) {
    this.home = home;
    this.data = home.resolve("data");
    this.command = command(PostgresServer.createIn(data).toString());
  }

  static PostgresNode start(Resources resources) {
    PostgresNode node = resources.add(new PostgresNode(resources.newDirectory()));
    node.start();
    return node;
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

  /** For long queries after the faults: without a read time-out. */
  DataSource patiently() {
    return dataSource("jdbc:postgresql://127.0.0.1:" + port + "/postgres");
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

  /** As {@code pg_ctl -m immediate stop}: it does not write its memory to disk. */
  void stopImmediately() {
    process.quit();
    process.awaitEnd();
    process.close();
  }

  /** SIGSTOP, to all of its processes; to the parent first, so that it starts no more. */
  void freeze() {
    process.freeze();
    frozen = process.handle().descendants().toList();
    frozen.forEach(backend -> ChildProcess.signal("STOP", backend));
  }

  void wake() {
    frozen.forEach(backend -> ChildProcess.signal("CONT", backend));
    process.wake();
  }

  @Override
  public void start() {
    process = ChildProcess.server(home, home.resolve("postgres.log"), command);
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
