package io.hotdeal.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import redis.clients.jedis.Jedis;
import redis.embedded.core.ExecutableProvider;

/** A real Redis process on a port and a directory of its own, which can be killed and started. */
final class RedisNode implements AutoCloseable {

  private final Path directory;
  private final int port;
  private final List<String> settings;
  private Child process;

  private RedisNode(Path directory, int port, List<String> settings) {
    this.directory = directory;
    this.port = port;
    this.settings = settings;
    start();
  }

  /**
   * A node that runs.
   *
   * @param settings as on its command line, such as {@code --appendonly}, {@code yes}
   */
  static RedisNode start(Arena arena, int port, String... settings) {
    return arena.add(new RedisNode(arena.newDirectory(), port, List.of(settings)));
  }

  /** One that loses nothing that it acknowledged when it is killed. */
  static RedisNode durable(Arena arena) {
    return start(arena, Ports.free(), "--appendonly", "yes", "--appendfsync", "always");
  }

  /** One that keeps nothing. */
  static RedisNode forgetful(Arena arena) {
    return start(arena, Ports.free(), "--appendonly", "no");
  }

  /**
   * The program, extracted once: a file that is still being written cannot be run ("Text file
   * busy"), and a process that starts meanwhile keeps it open for writing.
   */
  private static final class Binary {
    static final String PATH = extract();

    @SuppressWarnings("resource") // ends with the JVM
    private static String extract() {
      try {
        return ExecutableProvider.newJarResourceProvider(new Arena().newDirectory().toFile())
            .get()
            .getAbsolutePath();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  int port() {
    return port;
  }

  Path directory() {
    return directory;
  }

  /** Starts it on the same port and directory, and waits until it answers. */
  void start() {
    List<String> command =
        new ArrayList<>(
            List.of(Binary.PATH, "--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--dir", directory.toString()));
    command.addAll(settings);
    Path log = directory.resolve("redis.log");
    process = Child.server(directory, log, command);
    Wait.until("redis answers", () -> !process.isAlive() || "PONG".equals(ask(Jedis::ping)));
    if (!process.isAlive()) {
      throw new IllegalStateException("Redis did not start on port " + port + ": " + text(log));
    }
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  void kill() {
    process.kill();
    process.close();
  }

  void freeze() {
    process.freeze();
  }

  void wake() {
    process.wake();
  }

  /** Asks it directly, not through what stands before it. */
  <T> T ask(Function<Jedis, T> question) {
    try (Jedis jedis = new Jedis("127.0.0.1", port, 10_000)) {
      return question.apply(jedis);
    }
  }

  /** The ids that the counter holds of a deal, held or settled. */
  Set<String> claims(String dealId) {
    return ask(jedis -> claims(jedis, dealId));
  }

  /** The same; held first, so that none which is settled meanwhile is missed. */
  static Set<String> claims(Jedis jedis, String dealId) {
    Set<String> ids = new HashSet<>(jedis.hkeys("{" + dealId + "}-held"));
    ids.addAll(jedis.hkeys("{" + dealId + "}-settled"));
    return ids;
  }

  /** What it has left of deals, and how many claims it holds, as anybody can read it. */
  Map<String, SqlAudit.Gate> gates(List<String> dealIds) {
    return ask(
        jedis -> {
          Map<String, SqlAudit.Gate> gates = new HashMap<>();
          for (String dealId : dealIds) {
            String left = jedis.get("{" + dealId + "}-quantity");
            gates.put(
                dealId,
                new SqlAudit.Gate(
                    left == null ? -1 : Long.parseLong(left), jedis.hlen("{" + dealId + "}-held")));
          }
          return gates;
        });
  }

  @Override
  public void close() {
    process.close();
  }
}
