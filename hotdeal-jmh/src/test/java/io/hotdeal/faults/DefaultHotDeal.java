package io.hotdeal.faults;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.HotDealBuilder;
import io.hotdeal.PaymentGateway;
import io.hotdeal.oracle.OracleOrderLog;
import io.hotdeal.oracle.OraclePools;
import io.hotdeal.redis.JedisClients;
import io.hotdeal.redis.JedisCounters;
import io.hotdeal.redis.LettuceClients;
import io.hotdeal.redis.LettuceCounters;
import io.hotdeal.redis.RedisStockCounter;
import io.hotdeal.testkit.DaemonThreads;
import io.lettuce.core.RedisClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/** A HotDeal with its default settings, and without payments. */
final class DefaultHotDeal implements AutoCloseable {

  private static final int CONNECTIONS = 5;
  private static final int OPENERS = 50;

  private final Deque<AutoCloseable> clients = new ArrayDeque<>();
  private final HotDeal hotDeal;

  /** A HotDeal without a counter. */
  static DefaultHotDeal over(DatabaseNode database) {
    return new DefaultHotDeal(database, null, 0);
  }

  static DefaultHotDeal over(DatabaseNode database, Client client, int redisPort) {
    return new DefaultHotDeal(database, client, redisPort);
  }

  private DefaultHotDeal(DatabaseNode database, Client client, int redisPort) {
    HikariConfig config = OraclePools.config(database.url(), database.user(), "");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(CONNECTIONS);
    HikariDataSource pool = new HikariDataSource(config);
    clients.push(pool);
    HotDealBuilder settings =
        HotDeal.builder()
            .log(OracleOrderLog.conditionalUpdate(pool))
            .payments(PaymentGateway.none());
    if (client != null) {
      settings.counter(counter(client, redisPort));
    }
    hotDeal = settings.build();
  }

  /** Over a client as the library configures it. */
  private RedisStockCounter counter(Client client, int port) {
    URI uri = URI.create("redis://127.0.0.1:" + port);
    if (client == Client.LETTUCE) {
      RedisClient lettuce = LettuceClients.standalone(uri);
      clients.push(() -> lettuce.shutdown(Duration.ZERO, Duration.ofSeconds(5)));
      return LettuceCounters.on(lettuce);
    }
    var jedis = JedisClients.standalone(uri);
    clients.push(jedis);
    return JedisCounters.on(jedis);
  }

  HotDeal hotDeal() {
    return hotDeal;
  }

  /** Opens deals concurrently, whether the counter answers or not. */
  void openAll(List<Deal> deals) {
    ExecutorService threads = DaemonThreads.pool("opener", OPENERS);
    try {
      CompletableFuture<?>[] all =
          deals.stream()
              .map(deal -> CompletableFuture.runAsync(() -> hotDeal.open(deal), threads))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(all).join();
    } finally {
      threads.shutdownNow();
    }
  }

  @Override
  public void close() {
    hotDeal.close();
    while (!clients.isEmpty()) {
      try {
        clients.pop().close();
      } catch (Exception e) {
        // its server does not answer
      }
    }
  }
}
