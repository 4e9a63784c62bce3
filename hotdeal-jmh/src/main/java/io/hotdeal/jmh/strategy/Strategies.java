package io.hotdeal.jmh.strategy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All ways to sell that can be compared, by name. */
public final class Strategies {

  private static final List<StrategyFamily> FAMILIES =
      Stream.of(
              HotDealStrategies.families(),
              JdbcBaselines.families(),
              PostgresqlBaselines.families(),
              RedisBaselines.families(),
              Peers.families())
          .flatMap(List::stream)
          .toList();

  private Strategies() {}

  /** Those that a comparison of everything takes. */
  public static List<StrategyFactory> all() {
    return FAMILIES.stream().map(StrategyFamily::listedMember).toList();
  }

  /**
   * The one of this name, listed or not: {@code row-lock-12}.
   *
   * @throws IllegalArgumentException if there is none; the message lists what there is
   */
  public static StrategyFactory named(String name) {
    return FAMILIES.stream()
        .flatMap(family -> family.named(name).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no strategy is called " + name + "; there are " + patterns()));
  }

  private static String patterns() {
    return FAMILIES.stream().map(StrategyFamily::pattern).collect(Collectors.joining(", "));
  }
}
