package io.hotdeal.jmh.load;

/** What one thread of the load does: sends orders until the window ends. */
@FunctionalInterface
interface Caller {

  /** A thread that had this many failures sends no more orders. */
  int MOST_ERRORS = 1_000;

  void run(Window window, CallerStats stats) throws InterruptedException;
}
