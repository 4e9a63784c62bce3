package shop;

import io.hotdeal.ChargeResult;
import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.PaymentGateway;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.oracle.OracleOrderLog;
import io.hotdeal.oracle.OracleSchema;
import io.hotdeal.redis.JedisClients;
import io.hotdeal.redis.JedisCounters;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import redis.clients.jedis.RedisClient;

/** A shop on Spring Boot: a bean for each part, closed in reverse order; the pool is Boot's. */
@SpringBootApplication
public class ShopApplication {

  public static void main(String[] args) {
    SpringApplication.run(ShopApplication.class, args);
  }

  @Bean
  RedisClient redis(@Value("${shop.redis}") URI uri) {
    return JedisClients.standalone(uri);
  }

  @Bean
  StockCounter counter(RedisClient redis) {
    return JedisCounters.on(redis);
  }

  @Bean
  OrderLog orderLog(DataSource pool) throws SQLException {
    OracleSchema.H2.applyTo(pool);
    return OracleOrderLog.conditionalUpdate(pool);
  }

  @Bean
  ExecutorService paymentThreads() {
    return Executors.newFixedThreadPool(4);
  }

  @Bean
  PaymentGateway payments(ExecutorService paymentThreads) {
    Set<String> charged = ConcurrentHashMap.newKeySet(); // where a real shop calls its bank
    return PaymentGateway.blocking(
        order -> {
          charged.add(order.id());
          return new ChargeResult.Charged();
        },
        order ->
            charged.contains(order.id())
                ? new ChargeResult.Charged()
                : new ChargeResult.Declined("not charged"),
        order -> charged.remove(order.id()),
        paymentThreads);
  }

  @Bean(destroyMethod = "close")
  HotDeal hotDeal(StockCounter counter, OrderLog log, PaymentGateway payments) {
    return HotDeal.builder().counter(counter).log(log).payments(payments).build();
  }

  @Bean
  ApplicationRunner opening(HotDeal hotDeal) {
    return arguments -> {
      hotDeal.open(Deal.of("prod-001", 1000));
      hotDeal.resolver().start(Duration.ofSeconds(1));
    };
  }
}
