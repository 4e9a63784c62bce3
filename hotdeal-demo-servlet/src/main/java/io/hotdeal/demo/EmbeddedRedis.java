package io.hotdeal.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis server on a free port of the loopback interface, which ends with the JVM. It keeps
 * nothing on disk.
 *
 * <p>The embedded-redis library provides the program only: its own start method adds a shutdown
 * hook that cannot be removed.
 */
final class EmbeddedRedis implements AutoCloseable {

  private static final int ATTEMPTS = 3;
  private static final long READY_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int PROBE_MILLIS = 1_000;
  private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Scratch scratch;
  private final int port;

  private EmbeddedRedis(Scratch scratch, int port) {
    this.scratch = scratch;
    this.port = port;
  }

  /**
   * Starts the server; blocks until it answers.
   *
   * @throws IllegalStateException with the last lines of its log, if it does not start
   */
  static EmbeddedRedis start() {
    String problem = "";
    for (int i = 0; i < ATTEMPTS; i++) { // another program may have taken the port
      EmbeddedRedis redis = launch();
      if (redis.isReady()) {
        return redis;
      }
      problem = redis.log();
      redis.close();
    }
    throw new IllegalStateException("the embedded Redis does not start: " + problem);
  }

  String uri() {
    return "redis://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    scratch.close();
  }

  private static EmbeddedRedis launch() {
    try {
      Path directory = Scratch.newDirectory();
      // It runs "uname", which is a process too.
      Path program = Detached.run(() -> program(directory));
      int port = freePort();
      Path settings = directory.resolve("redis.conf");
      Files.writeString(settings, settings(directory, port));
      List<String> command = List.of(program.toString(), settings.toString());
      return new EmbeddedRedis(Scratch.guard(directory, command), port);
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded Redis does not start", e);
    }
  }

  private static Path program(Path directory) throws IOException {
    return ExecutableProvider.newJarResourceProvider(directory.toFile()).get().toPath();
  }

  private static String settings(Path directory, int port) {
    return """
        bind 127.0.0.1
        port %d
        save ""
        appendonly no
        maxmemory-policy noeviction
        dir "%s"
        logfile "redis.log"
        """
        .formatted(port, directory);
  }

  private boolean isReady() {
    long end = System.nanoTime() + READY_WITHIN_NANOS;
    while (scratch.isRunning() && System.nanoTime() < end) {
      if (answers()) {
        return scratch.isRunning();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    return false;
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(loopback(), port), PROBE_MILLIS);
      socket.setSoTimeout(PROBE_MILLIS);
      socket.getOutputStream().write(PING);
      return socket.getInputStream().read() == '+';
    } catch (IOException e) {
      return false; // not up yet
    }
  }

  private String log() {
    try {
      List<String> lines = Files.readAllLines(scratch.directory().resolve("redis.log"));
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    } catch (IOException e) {
      return "it wrote no log";
    }
  }

  /** Not "localhost", which may resolve to another address. */
  private static InetAddress loopback() throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
      return socket.getLocalPort();
    }
  }
}
