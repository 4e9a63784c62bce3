package com.example;

import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.ChargeResult;
import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.PaymentGateway;
import io.hotdeal.oracle.OracleOrderLog;
import io.hotdeal.oracle.OraclePools;
import io.hotdeal.redis.JedisClients;
import io.hotdeal.redis.JedisCounters;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import redis.clients.jedis.RedisClient;

public final class Shop {

  /** Your payment provider. The key of a payment is deal and order id together. */
  interface Provider {
    boolean charge(String key, String buyer, long units); // the same key again: the same answer

    boolean voidUnlessCharged(String key); // true if the money was taken, else it never will be

    void refund(String key);
  }

  static String key(Order order) {
    return order.dealId() + "/" + order.id();
  }

  static ChargeResult result(boolean charged) {
    return charged ? new ChargeResult.Charged() : new ChargeResult.Declined("not charged");
  }

  static OrderResult sellOne(
      String jdbcUrl, String user, String password, String redisUri, Provider provider) {
    ExecutorService payments = Executors.newFixedThreadPool(16); // as many as may be under way
    PaymentGateway gateway =
        PaymentGateway.blocking(
            order -> result(provider.charge(key(order), order.buyerId(), order.quantity())),
            order -> result(provider.voidUnlessCharged(key(order))),
            order -> provider.refund(key(order)),
            payments);
    try (HikariDataSource pool = OraclePools.open(jdbcUrl, user, password);
        RedisClient redis = JedisClients.standalone(URI.create(redisUri));
        HotDeal hotDeal =
            HotDeal.builder()
                .counter(JedisCounters.on(redis)) // in front of the log; optional
                .log(OracleOrderLog.conditionalUpdate(pool)) // decides
                .payments(gateway)
                .build()) {
      hotDeal.resolver().start(Duration.ofSeconds(10)); // finishes what crashed processes left
      hotDeal.open(Deal.of("prod-001", 1000).withLimitPerBuyer(2));
      return hotDeal.order(Order.of("order-4711", "prod-001", "buyer-42", 1));
    } finally {
      payments.shutdown();
    }
  }
}
