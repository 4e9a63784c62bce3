package io.hotdeal.jmh.strategy;

import io.hotdeal.jmh.strategy.StrategyFactory.Promise;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What shops do in Redis without hotdeal, by Jedis and by Lettuce. */
final class RedisBaselines {

  private RedisBaselines() {}

  static List<StrategyFamily> families() {
    return Stream.of(
            byBoth("get-decr", "GET, check, DECR", Set.of(), GetThenDecr::new),
            byBoth(
                "decr",
                "DECR, INCR back when below 0",
                Set.of(Promise.NEVER_OVERSELLS),
                DecrAndGiveBack::new))
        .flatMap(List::stream)
        .map(StrategyFamily::only)
        .toList();
  }

  private static List<StrategyFactory> byBoth(
      String name, String does, Set<Promise> promises, Function<RedisCalls, Strategy> maker) {
    return List.of(
        new SimpleStrategyFactory(
            name + "-jedis",
            does + "; Jedis, a connection per caller",
            promises,
            stores -> maker.apply(JedisCalls.of(stores))),
        new SimpleStrategyFactory(
            name + "-lettuce",
            does + "; Lettuce, one connection",
            withAsync(promises),
            stores -> maker.apply(LettuceCalls.of(stores))));
  }

  private static Set<Promise> withAsync(Set<Promise> promises) {
    return Stream.concat(promises.stream(), Stream.of(Promise.ASYNC))
        .collect(Collectors.toUnmodifiableSet());
  }
}
