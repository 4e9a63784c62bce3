package io.hotdeal.jmh.strategy;

import java.util.Set;

/** A strategy's name, what it needs and promises, and how it is made. */
public interface StrategyFactory {

  /** What a strategy promises; a run or a check says whether it holds. */
  enum Promise {
    /** A sale is on disk when it is answered. */
    DURABLE,
    /** The same order again is not sold again. */
    KEYED,
    /** No more is sold than there is. */
    NEVER_OVERSELLS,
    /** Orders can be handed over without a thread that waits. */
    ASYNC
  }

  /** As on the command line: {@code row-lock}. */
  String name();

  /** One sentence for the report. */
  String describe();

  Set<Promise> promises();

  /** Makes one over the stores of a run. */
  Strategy make(Stores stores);
}
