package io.hotdeal.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A list of things to close, last first; a failure is logged and does not keep the others open. */
final class Closer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Closer.class);

  private final Deque<Runnable> endings = new ArrayDeque<>();

  void add(Runnable ending) {
    endings.push(ending);
  }

  @Override
  public void close() {
    while (!endings.isEmpty()) {
      run(endings.pop());
    }
  }

  private static void run(Runnable ending) {
    try {
      ending.run();
    } catch (RuntimeException e) {
      LOG.warn("the demo did not stop cleanly", e);
    }
  }
}
