package io.hotdeal.faults;

import io.hotdeal.testkit.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Kills selling processes at random moments, while others sell and the resolver runs. */
final class SellerKills {

  private static final int PER_SALE = 10;
  private static final int AT_ONCE = 3;
  private static final long LONGEST_LIFE_MILLIS = 250;

  private final Stage stage;
  private final Progress progress;

  SellerKills(Stage stage, Progress progress) {
    this.stage = stage;
    this.progress = progress;
  }

  Score run(int kills) throws Exception {
    Score score = new Score("kill -9 of selling JVMs");
    RedisNode redis = RedisNode.durable(stage.resources());
    for (int done = 0; done < kills; ) {
      boolean onPostgres = score.sales() % 2 == 0;
      DatabaseNode database = onPostgres ? stage.postgres() : stage.h2();
      Client client = score.sales() % 4 < 2 ? Client.JEDIS : Client.LETTUCE;
      Shop shop = Shop.of(database, client, redis.port(), stage.bank());
      int now = Math.min(PER_SALE, kills - done);
      sale(shop, score, now);
      done += now;
      progress.say(score, done, kills);
    }
    redis.close();
    return score.done();
  }

  private void sale(Shop shop, Score score, int kills) {
    var deal = Sale.deal(Stage.dealId("jvm"), Stage.someStock()).withLimitPerBuyer(6);
    try (Sale sale = Sale.open(shop, deal, stage.bank().bank())) {
      sale.hotDeal().resolver().start(Duration.ofMillis(100));
      Crowd survivors = sale.crowd("survivor", 4);
      killAll(sale, kills);
      score.injected("SIGKILL of a seller", kills);
      survivors.stop().await();
      sale.hotDeal().resolver().stop();
      score.add(sale, sale.settle());
    }
  }

  private static void killAll(Sale sale, int kills) {
    Semaphore left = new Semaphore(kills);
    AtomicInteger names = new AtomicInteger();
    ExecutorService threads = DaemonThreads.pool("killer", AT_ONCE);
    CompletableFuture<?>[] killers = new CompletableFuture<?>[AT_ONCE];
    for (int i = 0; i < AT_ONCE; i++) {
      killers[i] =
          CompletableFuture.runAsync(
              () -> {
                while (left.tryAcquire()) {
                  kill(sale, "seller" + names.incrementAndGet());
                }
              },
              threads);
    }
    try {
      CompletableFuture.allOf(killers).get(600, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("a selling process cannot be killed", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void kill(Sale sale, String name) {
    try (Seller seller = Seller.start(sale, name)) {
      if (!seller.awaitSelling()) {
        throw new IllegalStateException(name + " ended by itself");
      }
      Wait.load(Stage.someMillis(LONGEST_LIFE_MILLIS));
      if (!seller.kill()) {
        throw new IllegalStateException(name + " was not killed");
      }
    }
  }
}
