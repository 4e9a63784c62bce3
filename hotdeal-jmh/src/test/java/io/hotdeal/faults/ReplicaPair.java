package io.hotdeal.faults;

import io.hotdeal.testkit.FreePorts;
import io.hotdeal.testkit.Resources;
import io.hotdeal.testkit.TcpProxy;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import redis.clients.jedis.Jedis;

/**
 * A primary and its replica behind one address. The replication stream is held back before the
 * promotion, so that the replica lacks what the primary acknowledged meanwhile.
 */
final class ReplicaPair implements AutoCloseable {

  /** How a primary is lost, as seen by clients with open connections. */
  enum Loss {
    KILLED,
    FROZEN,
    /** It becomes the replica of the new primary, and keeps its connections. */
    DEMOTED
  }

  private static final long LAG_MILLIS = 100;

  /** From the loss to the promotion. */
  private static final long DETECTION_MILLIS = 200;

  private RedisNode primary;
  private RedisNode replica;
  private final TcpProxy proxy;

  ReplicaPair(Resources resources) {
    primary = node(resources);
    replica = node(resources);
    proxy = new TcpProxy(primary.port());
  }

  private static RedisNode node(Resources resources) {
    return RedisNode.start(
        resources,
        FreePorts.next(),
        "--appendonly",
        "no",
        "--repl-diskless-sync",
        "yes",
        "--repl-diskless-sync-delay",
        "0");
  }

  /** Where the clients find the primary. */
  TcpProxy proxy() {
    return proxy;
  }

  /** Promotes the replica, and returns the claims of the deal that it lacks. */
  Set<String> promote(String dealId) throws Exception {
    try (TcpProxy stream = new TcpProxy(primary.port())) {
      replica.ask(jedis -> jedis.replicaof("127.0.0.1", stream.port()));
      Wait.until("the replica follows", () -> replica.ask(ReplicaPair::follows));
      stream.holdReplies(true);
      Wait.load(20 + Stage.someMillis(LAG_MILLIS));
      proxy.refuse(true);
      replica.ask(Jedis::replicaofNoOne);
    }
    Set<String> gone = new HashSet<>(primary.claims(dealId));
    gone.removeAll(replica.claims(dealId));
    RedisNode promoted = replica;
    replica = primary;
    primary = promoted;
    proxy.pointTo(primary.port());
    proxy.refuse(false);
    return gone;
  }

  /** Starts the replication, and waits until it is up. */
  void follow() {
    replica.ask(jedis -> jedis.replicaof("127.0.0.1", primary.port()));
    Wait.until("the replica follows", () -> replica.ask(ReplicaPair::follows));
  }

  /**
   * Promotes the replica in place of the primary: new connections go to it, old ones stay as they
   * are.
   */
  void lose(Loss loss) {
    switch (loss) {
      case KILLED -> primary.kill();
      case FROZEN -> primary.freeze();
      case DEMOTED -> {}
    }
    if (loss != Loss.DEMOTED) {
      Wait.load(DETECTION_MILLIS);
    }
    replica.ask(Jedis::replicaofNoOne);
    proxy.pointTo(replica.port());
    if (loss == Loss.DEMOTED) {
      primary.ask(jedis -> jedis.replicaof("127.0.0.1", replica.port()));
    }
  }

  /** The remaining units of a deal at the new primary; null if it does not know the deal. */
  String leftAtReplica(String dealId) {
    return replica.ask(jedis -> jedis.get("{" + dealId + "}-quantity"));
  }

  private static boolean follows(Jedis jedis) {
    return jedis.info("replication").contains("master_link_status:up");
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    primary.close();
    replica.close();
  }
}
