package io.hotdeal.faults;

/** Kills a store's process under load and starts it again on the same files. */
final class StoreKills {

  private static final int PER_SALE = 5;

  private final Stage stage;
  private final Progress progress;

  StoreKills(Stage stage, Progress progress) {
    this.stage = stage;
    this.progress = progress;
  }

  Score redis(int kills) throws Exception {
    Score score = new Score("kill -9 of Redis, AOF always");
    RedisNode redis = RedisNode.durable(stage.resources());
    for (int done = 0; done < kills; ) {
      Client client = score.sales() % 2 == 0 ? Client.JEDIS : Client.LETTUCE;
      Shop shop = Shop.of(stage.postgres(), client, redis.port(), stage.bank());
      int now = Math.min(PER_SALE, kills - done);
      sale(shop, score, now, "SIGKILL of Redis", redis::kill, redis::start);
      done += now;
      progress.say(score, done, kills);
    }
    redis.close();
    return score.done();
  }

  /** Kills a database; whether it keeps acknowledged commits depends on its settings. */
  Score database(DatabaseNode database, String name, int kills) {
    Score score = new Score("kill -9 of " + name);
    RedisNode redis = RedisNode.durable(stage.resources());
    for (int done = 0; done < kills; ) {
      Client client = score.sales() % 2 == 0 ? Client.JEDIS : Client.LETTUCE;
      Shop shop = Shop.of(database, client, redis.port(), stage.bank());
      int now = Math.min(PER_SALE, kills - done);
      sale(shop, score, now, "SIGKILL of " + name, database::kill, database::start);
      done += now;
      progress.say(score, done, kills);
    }
    redis.close();
    return score.done();
  }

  private void sale(
      Shop shop, Score score, int kills, String fault, Runnable kill, Runnable start) {
    var deal = Sale.deal(Stage.dealId("store"), Stage.someStock());
    try (Sale sale = Sale.open(shop, deal, stage.bank().bank(), log -> log, WatchedCounter::new)) {
      for (int i = 0; i < kills; i++) {
        Crowd crowd = sale.crowd("crowd" + i, 24);
        Wait.load(50 + Stage.someMillis(250));
        kill.run();
        score.injected(fault, 1);
        Wait.load(Stage.someMillis(150));
        start.run();
        Wait.load(Stage.someMillis(150));
        crowd.stop().await();
      }
      score.add(sale, sale.settle());
    }
  }
}
