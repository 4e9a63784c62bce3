package io.hotdeal.faults;

import java.time.Duration;

/**
 * Freezes selling processes for longer than a claim is held, while the resolver runs, and wakes
 * them.
 */
final class Freezes {

  private static final int PER_SELLER = 3;

  private final Stage stage;
  private final Progress progress;

  Freezes(Stage stage, Progress progress) {
    this.stage = stage;
    this.progress = progress;
  }

  Score run(int freezes) throws Exception {
    Score score = new Score("SIGSTOP of selling JVMs");
    RedisNode redis = RedisNode.forgetful(stage.resources());
    for (int done = 0; done < freezes; ) {
      Client client = score.sales() % 2 == 0 ? Client.LETTUCE : Client.JEDIS;
      Shop shop = Shop.of(stage.postgres(), client, redis.port(), stage.bank());
      int now = Math.min(PER_SELLER, freezes - done);
      sale(shop, score, now);
      done += now;
      progress.say(score, done, freezes);
    }
    redis.close();
    return score.done();
  }

  private void sale(Shop shop, Score score, int freezes) {
    var deal = Sale.deal(Stage.dealId("freeze"), 50_000);
    try (Sale sale = Sale.open(shop, deal, stage.bank().bank());
        Seller seller = Seller.start(sale, "sleeper")) {
      seller.awaitSelling();
      sale.hotDeal().resolver().start(Duration.ofMillis(50));
      for (int i = 0; i < freezes; i++) {
        Wait.load(50 + Stage.someMillis(200));
        seller.freeze();
        Wait.load(Sale.HOLD.multipliedBy(2).toMillis());
        seller.wake();
        score.injected("SIGSTOP past the deadline", 1);
      }
      Wait.load(300);
      seller.kill();
      sale.hotDeal().resolver().stop();
      score.add(sale, sale.settle());
    }
  }
}
