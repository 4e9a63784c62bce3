package io.hotdeal.jmh;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is quoted of benchmarks whose score counts calls: a line of its own, {@code :orders}. */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class Count {

  /** Of all sizes together. */
  public long orders;
}
