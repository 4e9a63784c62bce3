package io.hotdeal.redis;

import io.hotdeal.testkit.FreePorts;
import io.hotdeal.testkit.TcpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;
import redis.embedded.RedisShardedCluster;

/**
 * A real Redis cluster of three nodes on free ports of the loopback. The constructor returns once
 * every node reports that the whole cluster is up: started processes are not enough, because each
 * node learns of the others by itself.
 */
final class EmbeddedCluster implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> UP =
      List.of(
          "cluster_state:ok",
          "cluster_slots_assigned:16384",
          "cluster_slots_ok:16384",
          "cluster_known_nodes:3",
          "cluster_size:3");

  private final RedisShardedCluster cluster;

  EmbeddedCluster() {
    try {
      cluster =
          RedisShardedCluster.newRedisCluster()
              .serverPorts(List.of(FreePorts.next(), FreePorts.next(), FreePorts.next()))
              .shard("a", 0)
              .shard("b", 0)
              .shard("c", 0)
              .build();
      cluster.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      cluster.serverPorts().forEach(EmbeddedCluster::awaitUp);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** One of its nodes, from which a client discovers the others. */
  URI uri() {
    return URI.create("redis://127.0.0.1:" + cluster.serverPorts().get(0));
  }

  List<URI> nodes() {
    return cluster.serverPorts().stream()
        .map(port -> URI.create("redis://127.0.0.1:" + port))
        .toList();
  }

  /** Runs an action on each node. */
  void onEachNode(Consumer<Jedis> action) {
    for (URI node : nodes()) {
      try (Jedis jedis = new Jedis(node)) {
        action.accept(jedis);
      }
    }
  }

  /** The node that owns the slot of this key. */
  URI nodeOf(String key) {
    for (URI node : nodes()) {
      try (Jedis jedis = new Jedis(node)) {
        jedis.exists(key);
        return node;
      } catch (JedisRedirectionException e) {
        // another node owns it
      }
    }
    throw new IllegalStateException("no node has " + key);
  }

  /**
   * Makes this node announce that port.
   *
   * @return another node, once it knows of the announced port
   */
  URI announce(URI node, int port) {
    try (Jedis jedis = new Jedis(node)) {
      jedis.configSet("cluster-announce-port", Integer.toString(port));
    }
    URI other = nodes().stream().filter(it -> !it.equals(node)).findFirst().orElseThrow();
    awaitKnown(other, port);
    return other;
  }

  /**
   * Puts a proxy in front of every node but the one of {@link #uri}, from which clients learn of
   * them: a node announces a port to others, and does not name it when asked itself. Returns them
   * by node; the caller closes them.
   */
  Map<URI, TcpProxy> announceProxies() {
    Map<URI, TcpProxy> proxies = new HashMap<>();
    for (URI node : nodes().subList(1, 3)) {
      TcpProxy proxy = new TcpProxy(node.getPort());
      proxies.put(node, proxy);
      announce(node, proxy.port());
      awaitKnown(uri(), proxy.port());
    }
    return proxies;
  }

  private static void awaitKnown(URI node, int port) {
    await(
        node.getPort(),
        "aware of " + port,
        Jedis::clusterNodes,
        nodes -> nodes.contains(":" + port + "@"));
  }

  @Override
  public void close() {
    try {
      cluster.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitUp(int port) {
    raiseNodeTimeout(port);
    await(port, "up", Jedis::clusterInfo, EmbeddedCluster::isUp);
  }

  private static void await(
      int port, String what, Function<Jedis, String> question, Predicate<String> isSo) {
    Awaitility.await("the cluster is " + what + " at port " + port)
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> ask(port, question), isSo);
  }

  /** On a busy machine a node may not run for seconds; the others must not mark it as failed. */
  private static void raiseNodeTimeout(int port) {
    try (Jedis jedis = new Jedis("127.0.0.1", port)) {
      jedis.configSet("cluster-node-timeout", Long.toString(LIMIT.toMillis()));
    }
  }

  /** The node's answer, or the text of the error if it does not answer yet. */
  private static String ask(int port, Function<Jedis, String> question) {
    try (Jedis jedis = new Jedis("127.0.0.1", port)) {
      return question.apply(jedis);
    } catch (JedisException e) {
      return e.toString();
    }
  }

  private static boolean isUp(String info) {
    return info.lines().toList().containsAll(UP);
  }
}
