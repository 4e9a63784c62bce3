package shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.HotDeal;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.OrderResult;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.spi.Tally;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import redis.embedded.RedisServer;

/** A shop on Spring Boot, through a day on which its Redis goes down. */
@Timeout(120)
class SellingTest {

  private RedisServer redis;
  private int port;

  @BeforeEach
  void makeRedis() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    redis =
        RedisServer.newRedisServer()
            .port(port)
            .bind("127.0.0.1")
            .setting("save \"\"")
            .onShutdownForceStop(true)
            .build();
  }

  @AfterEach
  void stopRedis() throws IOException {
    redis.stop();
  }

  @Test
  void sellsThroughAnOutageOfRedis() throws IOException {
    redis.start();
    ConfigurableApplicationContext shop = start();
    sell(shop, 20);
    assertThat(stock(shop).orElseThrow().remaining()).isEqualTo(980);
    redis.stop();
    sell(shop, 20);
    redis.start();
    await(() -> isExact(shop, 960));
    sell(shop, 20);
    assertThat(tally(shop).sold()).isEqualTo(60);
    assertStopsCleanly(shop);
  }

  @Test
  void startsWhileRedisIsDown() throws IOException {
    ConfigurableApplicationContext shop = start();
    sell(shop, 20);
    redis.start();
    await(() -> isExact(shop, 980));
    assertStopsCleanly(shop);
  }

  private ConfigurableApplicationContext start() {
    return SpringApplication.run(
        ShopApplication.class,
        "--shop.redis=redis://127.0.0.1:" + port,
        "--spring.datasource.url=jdbc:h2:mem:shop" + port + ";MODE=Oracle;DB_CLOSE_DELAY=-1");
  }

  private static void sell(ConfigurableApplicationContext shop, int orders) {
    HotDeal hotDeal = shop.getBean(HotDeal.class);
    for (int i = 0; i < orders; i++) {
      assertThat(hotDeal.order(hotDeal.newOrder("prod-001", "buyer-" + i, 1)))
          .isInstanceOf(OrderResult.Placed.class);
    }
  }

  private static Optional<Stock> stock(ConfigurableApplicationContext shop) {
    return shop.getBean(StockCounter.class).stock("prod-001");
  }

  private static Tally tally(ConfigurableApplicationContext shop) {
    return shop.getBean(OrderLog.class).tally("prod-001").orElseThrow();
  }

  /** The counter is back, and says what the log says. */
  private static boolean isExact(ConfigurableApplicationContext shop, long left) {
    try {
      return stock(shop).filter(stock -> stock.remaining() == left).isPresent();
    } catch (NothingHappenedException e) {
      return false;
    }
  }

  private static void assertStopsCleanly(ConfigurableApplicationContext shop) {
    HotDeal hotDeal = shop.getBean(HotDeal.class);
    shop.close();
    assertThatThrownBy(() -> hotDeal.order(hotDeal.newOrder("prod-001", "late", 1)))
        .isInstanceOf(NothingHappenedException.class);
    await(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(SellingTest::isOfTheShop));
  }

  private static boolean isOfTheShop(Thread thread) {
    return thread.getName().matches("(hotdeal|lettuce|HikariPool|pool)-.*");
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(10_000_000); // ended by the test's time-out
      if (Thread.interrupted()) {
        throw new AssertionError("not so until the time-out");
      }
    }
  }
}
