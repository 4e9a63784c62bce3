package io.hotdeal.jmh.cost;

import io.hotdeal.jmh.cost.CountedSale.Callers;
import io.hotdeal.redis.JedisCounters;
import io.hotdeal.redis.LettuceCounters;
import io.hotdeal.spi.StockCounter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the ways to sell whose cost is counted. */
record CostWay(String stores, @Nullable StockCounter gate, Callers callers) {

  static List<CostWay> allOn(CountedStores stores) {
    StockCounter jedis = JedisCounters.on(stores.jedis());
    StockCounter lettuce = LettuceCounters.on(stores.lettuce());
    return List.of(
        new CostWay("log alone", null, Callers.ASYNC),
        new CostWay("log alone", null, Callers.BLOCKING),
        new CostWay("Jedis and log", jedis, Callers.ASYNC),
        new CostWay("Jedis and log", jedis, Callers.BLOCKING),
        new CostWay("Lettuce and log", lettuce, Callers.ASYNC),
        new CostWay("Lettuce and log", lettuce, Callers.BLOCKING));
  }

  Cost sell(CountedStores stores, ClosedLoop loop) throws Exception {
    return new CountedSale(stores, loop, gate).cost(callers);
  }

  String name() {
    return stores + ", " + (callers == Callers.ASYNC ? "async" : "blocking");
  }
}
