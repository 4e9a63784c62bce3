package io.hotdeal.jmh.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.StockCounter;
import io.hotdeal.jmh.cost.CountedSale.Callers;
import io.hotdeal.redis.JedisCounters;
import io.hotdeal.redis.LettuceCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Of 150 callers who want one deal, an order costs")
final class CostPerOrderTest {

  private static final int CALLERS = 150;
  private static final int ORDERS_EACH = 200;
  private static final int SALES = 3;

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
    assertCheap("log alone", null, Callers.ASYNC);
  }

  @Test
  @DisplayName("the same, and Redis by Jedis at most 0.02 commands")
  void gateByJedis() throws Exception {
    assertCheap("Jedis and log", JedisCounters.on(stores.jedis()), Callers.ASYNC);
  }

  @Test
  @DisplayName("the same, and Redis by Lettuce at most 0.02 commands")
  void gateByLettuce() throws Exception {
    assertCheap("Lettuce and log", LettuceCounters.on(stores.lettuce()), Callers.ASYNC);
  }

  @Test
  @DisplayName("the same where every caller is a thread that waits")
  void blockingCallers() throws Exception {
    assertCheap("Jedis and log", JedisCounters.on(stores.jedis()), Callers.BLOCKING);
  }

  @Test
  @DisplayName("a commit of its own without batches: what counts here does count")
  void withoutBatches() throws Exception {
    ClosedLoop loop = new ClosedLoop(CALLERS, 2);
    StockCounter gate = JedisCounters.on(stores.jedis());

    Cost cost = new CountedSale(stores, loop, gate).withoutBatches().cost(Callers.ASYNC);

    assertThat(cost.commits()).isEqualTo(cost.orders());
    assertThat(cost.transactions()).isGreaterThanOrEqualTo(cost.orders());
    assertThat(cost.roundTrips()).isGreaterThanOrEqualTo(3 * cost.orders());
    assertThat(cost.scriptCalls()).isGreaterThanOrEqualTo(2 * cost.orders());
  }

  /** How many share a call depends on who else wants the machine: the median counts. */
  private static void assertCheap(String who, @Nullable StockCounter gate, Callers callers)
      throws Exception {
    sale(gate).cost(callers); // until the code is compiled, the crowd comes in drops
    List<Cost> costs = new ArrayList<>();
    for (int i = 0; i < SALES; i++) {
      costs.add(sale(gate).cost(callers));
    }
    double commits = median(costs, Cost::commits);
    double roundTrips = median(costs, Cost::roundTrips);
    double scriptCalls = median(costs, Cost::scriptCalls);
    System.out.printf(
        "cost: %s, %d %s callers: %.1f commits per 1,000 orders, %.3f round trips and %.4f Redis"
            + " commands per order%n",
        who, CALLERS, callers, 1_000 * commits, roundTrips, scriptCalls);
    assertThat(commits).as("commits of %s", costs).isLessThanOrEqualTo(0.02);
    assertThat(median(costs, Cost::transactions))
        .as("transactions, says the database, of %s", costs)
        .isLessThanOrEqualTo(0.02);
    assertThat(roundTrips).as("round trips of %s", costs).isLessThanOrEqualTo(0.05);
    assertThat(scriptCalls).as("script calls of %s", costs).isLessThanOrEqualTo(0.02);
  }

  private static double median(List<Cost> costs, ToLongFunction<Cost> count) {
    double[] perOrder =
        costs.stream().mapToDouble(it -> it.perOrder(count.applyAsLong(it))).sorted().toArray();
    return perOrder[SALES / 2];
  }

  private static CountedSale sale(@Nullable StockCounter gate) {
    return new CountedSale(stores, new ClosedLoop(CALLERS, ORDERS_EACH), gate);
  }
}
