package io.hotdeal.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.RedisShardedCluster;

/**
 * A real Redis cluster of three on free ports of the loopback. It is handed out once every node
 * says that the whole cluster is up; started is not enough, because each learns it on its own.
 */
final class EmbeddedCluster implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
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
              .serverPorts(List.of(clusterPort(), clusterPort(), clusterPort()))
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

  /** One of its nodes, which leads to the others. */
  URI uri() {
    return URI.create("redis://127.0.0.1:" + cluster.serverPorts().get(0));
  }

  /** What a test does on each node. */
  void onEachNode(Consumer<Jedis> action) {
    for (int port : cluster.serverPorts()) {
      try (Jedis jedis = new Jedis("127.0.0.1", port)) {
        action.accept(jedis);
      }
    }
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
    bePatient(port);
    long deadline = System.nanoTime() + LIMIT.toNanos();
    String info = info(port);
    while (!isUp(info)) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "the cluster is not up at port " + port + " within " + LIMIT + ": " + info);
      }
      LockSupport.parkNanos(POLL_NANOS);
      info = info(port);
    }
  }

  /** On a busy machine a node may get no turn for seconds; the others are not to give it up. */
  private static void bePatient(int port) {
    try (Jedis jedis = new Jedis("127.0.0.1", port)) {
      jedis.configSet("cluster-node-timeout", Long.toString(LIMIT.toMillis()));
    }
  }

  /** What the node says of the cluster; one that does not answer yet says nothing of it. */
  private static String info(int port) {
    try (Jedis jedis = new Jedis("127.0.0.1", port)) {
      return jedis.clusterInfo();
    } catch (JedisException e) {
      return e.toString();
    }
  }

  private static boolean isUp(String info) {
    return info.lines().toList().containsAll(UP);
  }

  /** A free port that leaves room for the cluster bus, 10,000 above it. */
  private static int clusterPort() throws IOException {
    int port = EmbeddedRedis.freePort();
    while (port > 55_535) {
      port = EmbeddedRedis.freePort();
    }
    return port;
  }
}
