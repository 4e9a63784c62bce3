package io.hotdeal.jmh.load;

/** The workload model: when a caller sends its next order. */
public enum LoadModel {
  /** A closed loop: a thread per caller, which waits for each answer before the next order. */
  BLOCKING,
  /** A closed loop without waiting threads: as many orders in flight as there are callers. */
  ASYNC,
  /** An open loop: orders at a constant rate, whatever the answers do; a thread per caller. */
  OPEN,
  /** An open loop without waiting threads. */
  OPEN_ASYNC;

  public boolean isOpen() {
    return this == OPEN || this == OPEN_ASYNC;
  }

  public boolean isAsync() {
    return this == ASYNC || this == OPEN_ASYNC;
  }
}
