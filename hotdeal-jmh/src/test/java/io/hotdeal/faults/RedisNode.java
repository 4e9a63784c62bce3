package io.hotdeal.faults;

import io.hotdeal.testkit.RedisProcess;
import io.hotdeal.testkit.Resources;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import redis.clients.jedis.Jedis;

/** A real Redis process that the harness kills, freezes and audits. */
final class RedisNode implements AutoCloseable {

  private final RedisProcess process;

  private RedisNode(RedisProcess process) {
    this.process = process;
  }

  /**
   * Starts a node.
   *
   * @param settings as on its command line, such as {@code --appendonly}, {@code yes}
   */
  static RedisNode start(Resources resources, int port, String... settings) {
    return resources.add(new RedisNode(RedisProcess.startedOn(port, settings)));
  }

  private static RedisNode start(Resources resources, String... settings) {
    return resources.add(new RedisNode(RedisProcess.started(settings)));
  }

  /** Starts a node that loses no acknowledged write when it is killed. */
  static RedisNode durable(Resources resources) {
    return start(resources, "--appendonly", "yes", "--appendfsync", "always");
  }

  /** Starts a node that keeps nothing on disk. */
  static RedisNode forgetful(Resources resources) {
    return start(resources, "--appendonly", "no");
  }

  int port() {
    return process.port();
  }

  Path directory() {
    return process.directory();
  }

  /** Starts it on the same port and directory, and waits until it answers. */
  void start() {
    process.start();
  }

  void kill() {
    process.kill();
  }

  void freeze() {
    process.freeze();
  }

  void wake() {
    process.wake();
  }

  /** Queries it directly, not through a proxy. */
  <T> T ask(Function<Jedis, T> question) {
    try (Jedis jedis = new Jedis("127.0.0.1", port(), 10_000)) {
      return question.apply(jedis);
    }
  }

  /** The ids that the counter holds of a deal, held or settled. */
  Set<String> claims(String dealId) {
    return ask(jedis -> claims(jedis, dealId));
  }

  /** The same; reads the held ones first, so that none that is settled meanwhile is missed. */
  static Set<String> claims(Jedis jedis, String dealId) {
    Set<String> ids = new HashSet<>(jedis.hkeys("{" + dealId + "}-held"));
    ids.addAll(jedis.hkeys("{" + dealId + "}-settled"));
    return ids;
  }

  /** The remaining units and the number of held claims of each deal, read from its keys. */
  Map<String, SqlAudit.CounterKeys> counters(List<String> dealIds) {
    return ask(
        jedis -> {
          Map<String, SqlAudit.CounterKeys> counters = new HashMap<>();
          for (String dealId : dealIds) {
            String left = jedis.get("{" + dealId + "}-quantity");
            counters.put(
                dealId,
                new SqlAudit.CounterKeys(
                    left == null ? -1 : Long.parseLong(left), jedis.hlen("{" + dealId + "}-held")));
          }
          return counters;
        });
  }

  @Override
  public void close() {
    process.close();
  }
}
