package io.hotdeal.jmh.load;

/** How orders are brought. */
public enum Drive {
  /** A thread for every caller, who waits for each answer before the next order. */
  BLOCKING,
  /** As many orders always under way as there are callers; no thread waits for one. */
  ASYNC,
  /** Orders at a steady rate, whether or not the ones before are answered; threads wait. */
  OPEN,
  /** The same; no thread waits. */
  OPEN_ASYNC;

  public boolean isOpen() {
    return this == OPEN || this == OPEN_ASYNC;
  }

  public boolean isAsync() {
    return this == ASYNC || this == OPEN_ASYNC;
  }
}
