package io.hotdeal.jmh.strategy;

import java.util.Set;
import java.util.function.Function;

/** A factory that is all data and one function. */
record NamedFactory(
    String name, String describe, Set<Promise> promises, Function<Stores, Strategy> maker)
    implements StrategyFactory {

  @Override
  public Strategy make(Stores stores) {
    return maker.apply(stores);
  }
}
