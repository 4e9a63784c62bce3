package io.hotdeal.jmh;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How many orders are sold by one call. */
@State(Scope.Benchmark)
public class BatchSize {

  /** 1 = unbatched. */
  @Param({"1", "16", "64", "256", "512"})
  int batch;

  /** The orders of all calls: the score counts calls. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Orders {

    public long orders;
  }
}
