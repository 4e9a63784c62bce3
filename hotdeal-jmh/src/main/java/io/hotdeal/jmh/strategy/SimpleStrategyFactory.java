package io.hotdeal.jmh.strategy;

import java.util.Set;
import java.util.function.Function;

/** A factory of data and one function. */
record SimpleStrategyFactory(
    String name, String describe, Set<Promise> promises, Function<Stores, Strategy> maker)
    implements StrategyFactory {

  @Override
  public Strategy make(Stores stores) {
    return maker.apply(stores);
  }
}
