package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.contract.Crowd;
import io.hotdeal.contract.Race;
import io.hotdeal.contract.StockCounterContract;
import io.hotdeal.spi.StockCounter;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import redis.clients.jedis.UnifiedJedis;

@DisplayName("A counter by GET, then DECR")
class NaiveCounterFailsTheKitTest {

  private static EmbeddedRedis redis;
  private static UnifiedJedis jedis;

  @BeforeAll
  static void start() {
    redis = new EmbeddedRedis();
    jedis = Jedises.standalone(redis.uri());
  }

  @AfterAll
  static void stop() {
    jedis.close();
    redis.close();
  }

  /** Run by the test below only: the build does not run this nested class by itself. */
  static class Kit extends StockCounterContract {
    @Override
    protected StockCounter counter() {
      return new NaiveCounter(jedis);
    }
  }

  @Test
  @DisplayName("fails the contract kit on concurrent claims of the last units and on repeated ids")
  void failsTheKit() {
    List<String> failed =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(Kit.class))
            .execute()
            .testEvents()
            .failed()
            .stream()
            .map(Event::getTestDescriptor)
            .map(test -> test.getSource().orElseThrow().toString())
            .map(source -> source.replaceAll(".*methodName = '(\\w+)'.*", "$1"))
            .collect(Collectors.toList());
    assertThat(failed).contains("neverOversells", "oncePerId", "once", "unitsAreConserved");
  }

  @Test
  @DisplayName("oversells if 64 concurrent buyers claim the last units, even without a repeated id")
  void oversells() {
    NaiveCounter counter = new NaiveCounter(jedis);
    long worst = 0;
    for (int round = 0; round < 50 && worst >= 0; round++) {
      String dealId = Crowd.freshDealId();
      counter.open(Deal.of(dealId, 5));
      List<Order> orders = Crowd.orders(dealId, 200);
      Race.run(Crowd.THREADS, orders, order -> counter.claim(List.of(order)));
      worst = counter.stock(dealId).orElseThrow().remaining();
    }
    assertThat(worst).as("units left").isNegative();
  }
}
