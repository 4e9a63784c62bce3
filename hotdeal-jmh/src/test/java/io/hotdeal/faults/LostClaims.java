package io.hotdeal.faults;

import io.hotdeal.testkit.TcpProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.function.Function;
import redis.clients.jedis.Jedis;

/**
 * A Redis that loses acknowledged claims: a lagging replica is promoted, all data is wiped, or an
 * old snapshot is loaded.
 */
final class LostClaims {

  private static final int PER_SALE = 5;

  private final Stage stage;
  private final Progress progress;

  LostClaims(Stage stage, Progress progress) {
    this.stage = stage;
    this.progress = progress;
  }

  /** One way to lose claims: returns the ids that were claimed before and are not after. */
  private interface Forgetting {
    Set<String> happen(String dealId) throws Exception;
  }

  Score promotions(int promotions) throws Exception {
    Score score = new Score("Redis promotions");
    try (ReplicaPair pair = new ReplicaPair(stage.resources())) {
      many(score, promotions, pair.proxy(), "promotion of a replica that lags", pair::promote);
    }
    return score.done();
  }

  Score wipes(int wipes) throws Exception {
    Score score = new Score("Redis wipes");
    RedisNode redis = RedisNode.forgetful(stage.resources());
    try (TcpProxy proxy = new TcpProxy(redis.port())) {
      many(score, wipes, proxy, "FLUSHALL", dealId -> wiped(redis, dealId));
    }
    redis.close();
    return score.done();
  }

  Score snapshots(int snapshots) throws Exception {
    Score score = new Score("old Redis snapshots");
    RedisNode redis = RedisNode.forgetful(stage.resources());
    try (TcpProxy proxy = new TcpProxy(redis.port())) {
      many(
          score, snapshots, proxy, "restart from an old snapshot", id -> rewound(redis, proxy, id));
    }
    redis.close();
    return score.done();
  }

  private void many(Score score, int times, TcpProxy proxy, String fault, Forgetting forgetting)
      throws Exception {
    for (int done = 0; done < times; ) {
      Client client = score.sales() % 2 == 0 ? Client.JEDIS : Client.LETTUCE;
      Shop shop = Shop.of(stage.postgres(), client, proxy.port(), stage.bank());
      int now = Math.min(PER_SALE, times - done);
      sale(shop, score, now, fault, forgetting);
      done += now;
      progress.say(score, done, times);
    }
  }

  private void sale(Shop shop, Score score, int times, String fault, Forgetting forgetting)
      throws Exception {
    var deal = Sale.deal(Stage.dealId("forget"), Stage.someStock() * 2);
    WatchedCounter[] watched = new WatchedCounter[1];
    Function<io.hotdeal.spi.StockCounter, io.hotdeal.spi.StockCounter> watch =
        counter -> watched[0] = new WatchedCounter(counter);
    try (Sale sale = Sale.open(shop, deal, stage.bank().bank(), log -> log, watch::apply)) {
      for (int i = 0; i < times; i++) {
        Crowd crowd = sale.crowd("crowd" + i, 24);
        Wait.load(50 + Stage.someMillis(100));
        Set<String> acknowledged = watched[0].acknowledged();
        Set<String> gone = forgetting.happen(deal.id());
        score.injected(fault, 1);
        acknowledged.addAll(watched[0].acknowledged());
        gone.retainAll(acknowledged);
        score.lostClaims(gone.size());
        Wait.load(50 + Stage.someMillis(100));
        crowd.stop().await();
      }
      score.add(sale, sale.settle());
    }
  }

  private static Set<String> wiped(RedisNode redis, String dealId) {
    return redis.ask(
        jedis -> {
          Set<String> before = RedisNode.claims(jedis, dealId);
          jedis.flushAll();
          return before;
        });
  }

  private static Set<String> rewound(RedisNode redis, TcpProxy proxy, String dealId)
      throws Exception {
    redis.ask(Jedis::save);
    Path snapshot = redis.directory().resolve("dump.rdb");
    Path copy = redis.directory().resolve("old.rdb");
    Files.copy(snapshot, copy, StandardCopyOption.REPLACE_EXISTING);
    Wait.load(50 + Stage.someMillis(150));
    proxy.refuse(true);
    Set<String> gone = redis.claims(dealId);
    redis.kill();
    Files.move(copy, snapshot, StandardCopyOption.REPLACE_EXISTING);
    redis.start();
    gone.removeAll(redis.claims(dealId));
    proxy.refuse(false);
    return gone;
  }
}
