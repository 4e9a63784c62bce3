package io.hotdeal.jmh;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How many orders travel in one call. */
@State(Scope.Benchmark)
public class Company {

  /** One is nobody else. */
  @Param({"1", "16", "64", "256", "512"})
  int batch;
}
