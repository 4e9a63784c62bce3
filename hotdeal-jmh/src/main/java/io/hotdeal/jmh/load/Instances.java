package io.hotdeal.jmh.load;

import io.hotdeal.jmh.strategy.Strategy;
import io.hotdeal.jmh.strategy.StrategyFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The instances of a strategy in one round: what as many processes would be. They share the stores,
 * but neither a pool nor anything in memory.
 */
final class Instances implements Iterable<Strategy>, AutoCloseable {

  private final List<ScenarioStores> stores = new ArrayList<>();
  private final List<Strategy> strategies = new ArrayList<>();

  private Instances() {}

  /** Makes as many as the load asks for. */
  static Instances start(StrategyFactory factory, RunStores run, LoadProfile profile) {
    Instances started = new Instances();
    try {
      for (int i = 0; i < profile.instances(); i++) {
        started.add(factory, run.forScenario(profile.ofInstance(i)));
      }
      return started;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private void add(StrategyFactory factory, ScenarioStores own) {
    stores.add(own);
    strategies.add(factory.make(own));
  }

  /** The one that opens the deals, and whose stores are audited. */
  Strategy first() {
    return strategies.get(0);
  }

  /** The one to which a caller sends its orders; callers are numbered from 0 on. */
  Strategy ofCaller(int caller) {
    return strategies.get(caller % strategies.size());
  }

  @Override
  public Iterator<Strategy> iterator() {
    return strategies.iterator();
  }

  @Override
  public void close() {
    try {
      strategies.forEach(Strategy::close);
    } finally {
      stores.forEach(ScenarioStores::close);
    }
  }
}
