package io.hotdeal.faults;

import io.hotdeal.faults.Ack.Kind;
import java.time.Duration;
import java.util.Locale;

/** Stops Redis during a sale and starts it again empty: the sale continues from the log. */
final class Outages {

  /** How long the counter may be wrong after its return. */
  private static final double LIMIT_SECONDS = 5;

  /**
   * Of this many outages two are long, one for each client: long enough for a client to give up.
   */
  private static final int LONG_ONES_IN = 10;

  private static final long LONG_MILLIS = 10_000;

  private final Stage stage;
  private final Progress progress;
  private long placedMeanwhile;
  private long refusedMeanwhile;
  private double slowest;

  Outages(Stage stage, Progress progress) {
    this.stage = stage;
    this.progress = progress;
  }

  Score run(int outages) throws Exception {
    Score score = new Score("Redis stopped, started again empty");
    RedisNode redis = RedisNode.forgetful(stage.resources());
    for (int done = 1; done <= outages; done++) {
      Client client = done % 2 == 0 ? Client.JEDIS : Client.LETTUCE;
      Shop shop = Shop.of(stage.postgres(), client, redis.port(), stage.bank());
      if ((done - 1) % LONG_ONES_IN < 2 && outages >= LONG_ONES_IN) {
        sale(shop, score, redis, 1_000_000, LONG_MILLIS);
        score.injected("down for 10 s", 1);
      } else {
        sale(shop, score, redis, 5_000, 300 + Stage.someMillis(300));
      }
      progress.say(score, done, outages);
    }
    redis.close();
    score.note("placed while Redis was down", placedMeanwhile);
    score.note("refused while Redis was down", refusedMeanwhile);
    score.note(
        "slowest return to an exact counter, s", String.format(Locale.ROOT, "%.2f", slowest));
    return score.done();
  }

  private void sale(Shop shop, Score score, RedisNode redis, long units, long downMillis) {
    var deal = Sale.deal(Stage.dealId("outage"), units);
    try (Sale sale = Sale.open(shop, deal, stage.bank().bank())) {
      sale.hotDeal().resolver().start(Duration.ofMillis(100));
      Crowd crowd = sale.crowd("crowd", 24);
      Wait.load(100 + Stage.someMillis(200));
      redis.kill();
      long placed = sale.acks().count(Kind.PLACED);
      long refused = refusals(sale.acks());
      Wait.load(downMillis);
      long during = sale.acks().count(Kind.PLACED) - placed;
      if (during == 0) {
        score.problem("deal " + deal.id() + ": nothing was sold while Redis was down");
      }
      placedMeanwhile += during;
      refusedMeanwhile += refusals(sale.acks()) - refused;
      redis.start();
      score.injected("stop and empty start", 1);
      long returned = System.nanoTime();
      Wait.load(200);
      crowd.stop().await();
      Wait.until("the counter of " + deal.id() + " is exact", () -> isExact(sale));
      double seconds = (System.nanoTime() - returned) / 1e9;
      slowest = Math.max(slowest, seconds);
      if (seconds > LIMIT_SECONDS) {
        score.problem("deal " + deal.id() + ": its counter was wrong for " + seconds + " s");
      }
      sale.hotDeal().resolver().stop();
      score.add(sale, sale.settle());
    }
  }

  private static long refusals(Acks acks) {
    return acks.count(Kind.REFUSED) + acks.count(Kind.NOTHING) + acks.count(Kind.UNKNOWN);
  }

  private static boolean isExact(Sale sale) {
    LogBooks books = sale.books();
    return books.withStatus("RESERVED") == 0
        && sale.stock()
            .map(stock -> stock.claimed() == 0 && stock.remaining() == books.left())
            .orElse(false);
  }
}
