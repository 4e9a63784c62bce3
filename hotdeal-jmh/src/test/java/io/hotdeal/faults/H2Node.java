package io.hotdeal.faults;

import io.hotdeal.oracle.OracleSchema;
import io.hotdeal.testkit.ChildProcess;
import io.hotdeal.testkit.FreePorts;
import io.hotdeal.testkit.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;

/** H2 in Oracle mode as a server process of its own. */
final class H2Node implements DatabaseNode {

  /** The setting that makes commits durable; H2's default does not. */
  static final String DURABLE = ";WRITE_DELAY=0";

  static final String DEFAULT_DELAY = "";

  private final Path directory;
  private final int port = FreePorts.next();
  private final String delay;
  private ChildProcess process;

  private H2Node(Path directory, String delay) {
    this.directory = directory;
    this.delay = delay;
  }

  static H2Node start(Resources resources, String delay) {
    H2Node node = resources.add(new H2Node(resources.newDirectory(), delay));
    node.start();
    return node;
  }

  @Override
  public String url() {
    return urlThrough(port);
  }

  @Override
  public String urlThrough(int through) {
    return "jdbc:h2:tcp://127.0.0.1:"
        + through
        + "/./hotdeal;MODE=Oracle;LOCK_TIMEOUT=10000;DB_CLOSE_ON_EXIT=FALSE"
        + delay;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String user() {
    return "sa";
  }

  @Override
  public OracleSchema schema() {
    return OracleSchema.H2;
  }

  @Override
  public void kill() {
    process.kill();
    process.close();
  }

  @Override
  public void start() {
    process =
        ChildProcess.java(H2Main.class, List.of(Integer.toString(port), directory.toString()));
    try {
      String line = process.output().readLine();
      if (!"READY".equals(line)) {
        throw new IllegalStateException("the H2 server said " + line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Wait.until("h2 answers", this::answers);
  }

  private boolean answers() throws Exception {
    try (Connection connection = DriverManager.getConnection(url(), user(), "")) {
      return connection.isValid(1);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
