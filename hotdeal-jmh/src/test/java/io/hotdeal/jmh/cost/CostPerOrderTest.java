package io.hotdeal.jmh.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.StockCounter;
import io.hotdeal.jmh.cost.CountedSale.Callers;
import io.hotdeal.redis.RedisStockCounter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Of 150 callers who want one deal, an order costs")
final class CostPerOrderTest {

  private static final int CALLERS = 150;
  private static final int ORDERS_EACH = 60;

  private static CountedStores stores;

  @BeforeAll
  static void start() throws Exception {
    stores = new CountedStores();
  }

  @AfterAll
  static void stop() {
    stores.close();
  }

  @Test
  @DisplayName("the database at most 0.02 commits and 0.05 round trips")
  void logAlone() throws Exception {
    assertLogIsCheap(sale(null).cost(Callers.ASYNC));
  }

  @Test
  @DisplayName(
      "Redis, by Jedis, less than a command for five orders, and the database 0.02 commits")
  void gateByJedis() throws Exception {
    assertGatedIsCheap(sale(RedisStockCounter.jedis(stores.jedis())).cost(Callers.ASYNC));
  }

  @Test
  @DisplayName("Redis, by Lettuce, less than a command for five orders, the database 0.02 commits")
  void gateByLettuce() throws Exception {
    assertGatedIsCheap(sale(RedisStockCounter.lettuce(stores.lettuce())).cost(Callers.ASYNC));
  }

  /** How soon threads come back depends on who else wants the machine, so this is all of it. */
  @Test
  @DisplayName("the database at most 0.02 commits, where every caller is a thread that waits")
  void blockingCallers() throws Exception {
    Cost cost = sale(RedisStockCounter.jedis(stores.jedis())).cost(Callers.BLOCKING);

    assertThat(cost.perThousandOrders(cost.commits())).as("commits").isLessThanOrEqualTo(20);
  }

  @Test
  @DisplayName("a commit of its own without batches: what counts here does count")
  void withoutBatches() throws Exception {
    ClosedLoop loop = new ClosedLoop(CALLERS, 2);
    StockCounter gate = RedisStockCounter.jedis(stores.jedis());

    Cost cost = new CountedSale(stores, loop, gate).withoutBatches().cost(Callers.ASYNC);

    assertThat(cost.commits()).isEqualTo(cost.orders());
    assertThat(cost.transactions()).isGreaterThanOrEqualTo(cost.orders());
    assertThat(cost.roundTrips()).isGreaterThanOrEqualTo(3 * cost.orders());
    assertThat(cost.scriptCalls()).isGreaterThanOrEqualTo(2 * cost.orders());
  }

  private static CountedSale sale(@Nullable StockCounter gate) {
    return new CountedSale(stores, new ClosedLoop(CALLERS, ORDERS_EACH), gate);
  }

  private static void assertLogIsCheap(Cost cost) {
    assertThat(cost.perThousandOrders(cost.commits())).as("commits").isLessThanOrEqualTo(20);
    assertThat(cost.perThousandOrders(cost.transactions()))
        .as("transactions, says the database")
        .isLessThanOrEqualTo(20);
    assertThat(cost.perOrder(cost.roundTrips())).as("round trips").isLessThanOrEqualTo(0.05);
  }

  /** Claims hurry ahead of the log in small company, so Redis is called more often than it is. */
  private static void assertGatedIsCheap(Cost cost) {
    assertThat(cost.perThousandOrders(cost.commits())).as("commits").isLessThanOrEqualTo(20);
    assertThat(cost.perOrder(cost.scriptCalls())).as("script calls").isLessThan(0.2);
  }
}
