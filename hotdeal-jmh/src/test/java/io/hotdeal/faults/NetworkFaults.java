package io.hotdeal.faults;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import redis.clients.jedis.Jedis;

/** A network that loses, cuts, delays and crumbles, between one client and its store. */
final class NetworkFaults {

  private static final int PER_SALE = 200;
  private static final int TIMEOUT_MILLIS = 100;
  private static final int SLOTS = 16_384;

  private final Stage stage;
  private final Progress progress;
  private long nothing;

  NetworkFaults(Stage stage, Progress progress) {
    this.stage = stage;
    this.progress = progress;
  }

  /** Between a Redis client and Redis. */
  Score redis(Client client, int faults, Red... off) throws Exception {
    Score score = new Score("network faults, " + client);
    FaultPlan plan = new FaultPlan(ThreadLocalRandom.current().nextLong(), 0.4);
    int port = Ports.free();
    try (FaultProxy proxy = new FaultProxy(port, plan, 2 * TIMEOUT_MILLIS)) {
      RedisNode redis =
          client == Client.JEDIS_CLUSTER
              ? cluster(port, proxy.port())
              : RedisNode.start(stage.arena(), port, "--appendonly", "no");
      Shop shop =
          Shop.of(stage.postgres(), client, proxy.port(), stage.bank())
              .withTimeoutMillis(TIMEOUT_MILLIS)
              .with(off);
      for (int done = 0; done < faults; done += PER_SALE) {
        int now = Math.min(PER_SALE, faults - done);
        sale(shop, score, plan, now, redis);
        progress.say(score, done + now, faults);
      }
      redis.close();
    }
    plan.done().forEach(score::injected);
    return score.done();
  }

  private void sale(Shop shop, Score score, FaultPlan plan, int faults, RedisNode redis) {
    WatchedCounter[] watched = new WatchedCounter[1];
    var deal = Sale.deal(Stage.dealId("net"), 100_000);
    try (Sale sale =
        Sale.open(
            shop,
            deal,
            stage.bank().bank(),
            log -> log,
            counter -> watched[0] = new WatchedCounter(counter, redis::claims))) {
      underFaults(sale, plan, faults);
      Innocent innocent = watched[0].innocent();
      Set<String> late = new HashSet<>(innocent.ids());
      late.retainAll(redis.claims(deal.id()));
      add(score, sale, innocent, late.size());
    }
  }

  /** Between JDBC and PostgreSQL. */
  Score database(int faults) throws Exception {
    Score score = new Score("network faults, JDBC");
    FaultPlan plan = new FaultPlan(ThreadLocalRandom.current().nextLong(), 0.05);
    RedisNode redis = RedisNode.forgetful(stage.arena());
    DatabaseNode database = stage.postgres();
    try (FaultProxy proxy = new FaultProxy(database.port(), plan, 1_500)) {
      Shop shop =
          Shop.of(database, Client.JEDIS, redis.port(), stage.bank())
              .withUrl(database.urlThrough(proxy.port()));
      for (int done = 0; done < faults; done += PER_SALE / 4) {
        int now = Math.min(PER_SALE / 4, faults - done);
        sale(shop, score, plan, now, Connecting.to(database));
        progress.say(score, done + now, faults);
      }
    }
    redis.close();
    plan.done().forEach(score::injected);
    return score.done();
  }

  private void sale(Shop shop, Score score, FaultPlan plan, int faults, DataSource direct) {
    WatchedLog[] watched = new WatchedLog[1];
    var deal = Sale.deal(Stage.dealId("jdbc"), 100_000);
    try (Sale sale =
        Sale.open(
            shop,
            deal,
            stage.bank().bank(),
            log ->
                watched[0] = new WatchedLog(log, id -> LogBooks.read(direct, id).rows().keySet()),
            counter -> counter)) {
      underFaults(sale, plan, faults);
      add(score, sale, watched[0].innocent(), 0);
    }
  }

  private void add(Score score, Sale sale, Innocent innocent, int late) {
    nothing += innocent.said();
    score.note("times that nothing was said to have happened to an order", nothing);
    score.add(sale, sale.settle().plusHappened(innocent.lied() + late));
  }

  private static void underFaults(Sale sale, FaultPlan plan, int faults) {
    Crowd crowd = sale.crowd("crowd", 24);
    plan.allow(faults);
    Wait.until("all faults have happened", plan::isUsedUp);
    crowd.stop().await();
  }

  /** A cluster of one, which tells its clients to come through the proxy. */
  private RedisNode cluster(int port, int proxyPort) {
    RedisNode node =
        RedisNode.start(
            stage.arena(),
            port,
            "--cluster-enabled",
            "yes",
            "--cluster-announce-ip",
            "127.0.0.1",
            "--cluster-announce-port",
            Integer.toString(proxyPort),
            "--cluster-announce-bus-port",
            Integer.toString(port + 10_000));
    node.ask(jedis -> jedis.clusterAddSlots(IntStream.range(0, SLOTS).toArray()));
    Wait.until("the cluster is up", () -> node.ask(NetworkFaults::isUp));
    return node;
  }

  private static boolean isUp(Jedis jedis) {
    return jedis.clusterInfo().contains("cluster_state:ok");
  }
}
