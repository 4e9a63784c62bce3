package io.hotdeal.jmh;

import io.hotdeal.jmh.load.OrderSource;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The source of one thread's orders. */
@State(Scope.Thread)
public class CallerState {

  OrderSource source;

  /** Creates it. */
  @Setup
  public void open(StrategyState state) {
    source = state.newSource();
  }
}
