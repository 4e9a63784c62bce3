package io.hotdeal.redis;

import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.MigrateParams;
import redis.clients.jedis.util.JedisClusterCRC16;

/** The move of a deal's slot from its node to another one, in the steps of an operator. */
final class SlotMigration {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final EmbeddedCluster cluster;
  private final int slot;
  private final URI from;
  private final URI to;

  SlotMigration(EmbeddedCluster cluster, String dealId) {
    String key = DealKeys.of(dealId).get(0);
    this.cluster = cluster;
    this.slot = JedisClusterCRC16.getSlot(key);
    this.from = cluster.nodeOf(key);
    this.to = cluster.nodes().stream().filter(node -> !node.equals(from)).findFirst().orElseThrow();
  }

  /** From now on the old node redirects (ASK) calls of which it does not have all keys. */
  void begin() {
    String target = idOf(to);
    String source = idOf(from);
    on(to, node -> node.clusterSetSlotImporting(slot, source));
    on(from, node -> node.clusterSetSlotMigrating(slot, target));
  }

  /** Moves all keys of the slot. */
  void moveKeys() {
    on(
        from,
        node -> {
          List<String> keys = node.clusterGetKeysInSlot(slot, 1_000);
          node.migrate(
              to.getHost(),
              to.getPort(),
              TIMEOUT_MILLIS,
              new MigrateParams(),
              keys.toArray(String[]::new));
        });
  }

  /** From now on the old node redirects (MOVED) all calls. */
  void end() {
    String target = idOf(to);
    on(to, node -> node.clusterSetSlotNode(slot, target));
    on(from, node -> node.clusterSetSlotNode(slot, target));
    cluster.onEachNode(node -> node.clusterSetSlotNode(slot, target));
  }

  /** All the steps. */
  void run() {
    begin();
    moveKeys();
    end();
  }

  private static String idOf(URI node) {
    try (Jedis jedis = new Jedis(node)) {
      return jedis.clusterMyId();
    }
  }

  private static void on(URI node, Consumer<Jedis> action) {
    try (Jedis jedis = new Jedis(node)) {
      action.accept(jedis);
    }
  }
}
