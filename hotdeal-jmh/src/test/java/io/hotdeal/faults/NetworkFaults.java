package io.hotdeal.faults;

import io.hotdeal.Deal;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.testkit.FreePorts;
import io.hotdeal.testkit.Resources;
import io.hotdeal.testkit.TcpProxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import redis.clients.jedis.Jedis;

/**
 * Network faults between one client and its store: lost, delayed and fragmented data, and resets.
 */
final class NetworkFaults {

  /** So large that a deal never sells out, because a sold-out deal makes no counter calls. */
  private static final long NEVER_SOLD_OUT = 10_000_000;

  private static final int PER_SALE = 100;
  private static final int AT_ONCE = 4;
  private static final int CALLERS = 6;
  private static final int TIMEOUT_MILLIS = 100;
  private static final int SLOTS = 16_384;

  private final Stage stage;
  private final Progress progress;
  private long nothing;

  NetworkFaults(Stage stage, Progress progress) {
    this.stage = stage;
    this.progress = progress;
  }

  /**
   * The setup for one network: sales whose calls to one store are recorded.
   *
   * @param known the orders that the store has, read over a direct connection
   * @param late the same at the end of a sale, to find orders that took effect late
   */
  private record Line(
      FaultPlan plan,
      int perSale,
      Innocent.Store known,
      Innocent.Store late,
      BiFunction<Deal, Innocent, Sale> sales) {}

  /** Between a Redis client and Redis. */
  Score redis(Client client, int faults, Red... off) throws Exception {
    FaultPlan plan = plan(0.4);
    int port = FreePorts.next();
    try (TcpProxy proxy = new TcpProxy(port);
        RedisNode redis = node(client, port, proxy.port())) {
      proxy.inject(plan::next, 2 * TIMEOUT_MILLIS);
      Shop shop =
          Shop.of(stage.postgres(), client, proxy.port(), stage.bank())
              .withTimeoutMillis(TIMEOUT_MILLIS)
              .with(off);
      Line line =
          new Line(
              plan,
              PER_SALE,
              redis::claims,
              redis::claims,
              (deal, innocent) ->
                  open(shop, deal, log -> log, it -> new WatchedCounter(it, innocent)));
      return run("network faults, " + client, line, faults);
    }
  }

  /** Between JDBC and PostgreSQL. */
  Score database(int faults) throws Exception {
    FaultPlan plan = plan(0.05);
    DatabaseNode database = stage.postgres();
    DataSource direct = database.dataSource();
    try (TcpProxy proxy = new TcpProxy(database.port());
        RedisNode redis = RedisNode.forgetful(stage.resources())) {
      proxy.inject(plan::next, 1_500);
      Shop shop =
          Shop.of(database, Client.JEDIS, redis.port(), stage.bank())
              .withUrl(database.urlThrough(proxy.port()));
      Line line =
          new Line(
              plan,
              PER_SALE / 2,
              id -> LogBooks.read(direct, id).rows().keySet(),
              id -> Set.of(), // a cancelled order has a row even if it was never reserved
              (deal, innocent) ->
                  open(shop, deal, it -> new WatchedLog(it, innocent), counter -> counter));
      return run("network faults, JDBC", line, faults);
    }
  }

  private static FaultPlan plan(double share) {
    return new FaultPlan(ThreadLocalRandom.current().nextLong(), share);
  }

  private Sale open(
      Shop shop, Deal deal, UnaryOperator<OrderLog> log, UnaryOperator<StockCounter> counter) {
    return Sale.open(shop, deal, stage.bank().bank(), log, counter);
  }

  private Score run(String name, Line line, int faults) throws Exception {
    Score score = new Score(name);
    for (int done = 0; done < faults; done += line.perSale) {
      int now = Math.min(line.perSale, faults - done);
      sales(score, line, now);
      progress.say(score, done + now, faults);
    }
    line.plan.done().forEach(score::injected);
    return score.done();
  }

  /**
   * Runs several sales concurrently, because an open circuit breaker lets only an occasional probe
   * pass.
   */
  private void sales(Score score, Line line, int faults) {
    try (Resources resources = new Resources()) {
      List<Listened> sales =
          IntStream.range(0, AT_ONCE).mapToObj(i -> resources.add(Listened.open(line))).toList();
      List<Crowd> crowds = sales.stream().map(it -> it.sale.crowd("crowd", CALLERS)).toList();
      line.plan.allow(faults);
      Wait.until("all faults have happened", line.plan::isUsedUp);
      crowds.forEach(Crowd::stop);
      crowds.forEach(Crowd::await);
      sales.forEach(it -> judge(score, line, it));
    }
  }

  private void judge(Score score, Line line, Listened it) {
    Set<String> late = it.innocent.ids();
    late.retainAll(line.late.idsOf(it.sale.deal().id()));
    nothing += it.innocent.said();
    score.note("times that nothing was said to have happened to an order", nothing);
    score.add(it.sale, it.sale.settle().plusHappened(it.innocent.lied() + late.size()));
  }

  /** A sale, and the recorder of its store's calls. */
  private record Listened(Sale sale, Innocent innocent) implements AutoCloseable {

    static Listened open(Line line) {
      Innocent innocent = new Innocent(line.known);
      Deal deal = Sale.deal(Stage.dealId("net"), NEVER_SOLD_OUT);
      return new Listened(line.sales.apply(deal, innocent), innocent);
    }

    @Override
    public void close() {
      sale.close();
    }
  }

  private RedisNode node(Client client, int port, int proxyPort) {
    return client == Client.JEDIS_CLUSTER
        ? cluster(port, proxyPort)
        : RedisNode.start(stage.resources(), port, "--appendonly", "no");
  }

  /** A cluster of one node, which announces the proxy's port to its clients. */
  private RedisNode cluster(int port, int proxyPort) {
    RedisNode node =
        RedisNode.start(
            stage.resources(),
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
    String info = jedis.clusterInfo();
    return info.contains("cluster_state:ok") && info.contains("cluster_slots_ok:" + SLOTS);
  }
}
