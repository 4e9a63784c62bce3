package io.hotdeal.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis process on a free port of the loopback, with a directory of its own. It keeps
 * nothing on disk unless its settings say otherwise, and ends with this JVM.
 */
public final class RedisProcess implements AutoCloseable {

  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final int PROBE_MILLIS = 1_000;
  private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Resources resources = new Resources();
  private final Path directory = resources.newDirectory();
  private final int port;
  private final List<String> settings;
  private ChildProcess process;

  /**
   * The program, extracted once: a file that is still open for writing cannot be executed ("Text
   * file busy"), and a process that starts meanwhile keeps it open.
   */
  private static final class Program {

    static final String PATH = extract();

    @SuppressWarnings("resource") // closed with the JVM
    private static String extract() {
      try {
        Path directory = new Resources().newDirectory();
        return ExecutableProvider.newJarResourceProvider(directory.toFile())
            .get()
            .getAbsolutePath();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private RedisProcess(int port, List<String> settings) {
    this.port = port;
    this.settings = settings;
  }

  /**
   * Starts one; returns when it answers.
   *
   * @param settings of its command line, such as {@code --appendonly}, {@code yes}
   */
  public static RedisProcess started(String... settings) {
    return startedOn(FreePorts.next(), settings);
  }

  /** The same on a given port. */
  public static RedisProcess startedOn(int port, String... settings) {
    RedisProcess redis = new RedisProcess(port, List.of(settings));
    try {
      redis.start();
      return redis;
    } catch (RuntimeException e) {
      redis.close();
      throw e;
    }
  }

  public int port() {
    return port;
  }

  public URI uri() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  public Path directory() {
    return directory;
  }

  /** Starts it again, on the same port and directory; returns when it answers. */
  public void start() {
    List<String> command =
        new ArrayList<>(
            List.of(Program.PATH, "--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--dir", directory.toString()));
    command.addAll(settings);
    Path log = directory.resolve("redis.log");
    process = ChildProcess.server(directory, log, command);
    await("Redis on port " + port)
        .atMost(READY_WITHIN)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !process.isAlive() || answers());
    if (!process.isAlive()) {
      throw new IllegalStateException("Redis did not start on port " + port + ": " + text(log));
    }
  }

  /** Any reply but LOADING will do, an error too: it may ask for a password. */
  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PROBE_MILLIS);
      socket.setSoTimeout(PROBE_MILLIS);
      socket.getOutputStream().write(PING);
      byte[] reply = socket.getInputStream().readNBytes(5);
      return !new String(reply, StandardCharsets.US_ASCII).startsWith("-LOAD") && reply.length > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Sends SIGKILL and waits for its end. */
  public void kill() {
    process.kill();
    process.close();
  }

  /** Sends SIGSTOP. */
  public void freeze() {
    process.freeze();
  }

  /** Sends SIGCONT. */
  public void wake() {
    process.wake();
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
    resources.close();
  }
}
