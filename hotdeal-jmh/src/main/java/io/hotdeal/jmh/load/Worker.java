package io.hotdeal.jmh.load;

/** What one thread of a crowd does until the window has ended. */
@FunctionalInterface
interface Worker {

  /** Once this many orders of one thread failed, it brings no more. */
  int MOST_ERRORS = 1_000;

  void work(Window window, Sheet sheet) throws InterruptedException;
}
