package io.hotdeal.faults;

import java.io.IOException;

/** Ends this child once its parent no longer holds its standard input. */
final class StdinWatch {

  private StdinWatch() {}

  static void start() {
    Thread watch = new Thread(StdinWatch::run, "stdin-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void run() {
    try {
      while (System.in.read() >= 0) {
        // says nothing that matters
      }
    } catch (IOException e) {
      // as good as closed
    }
    Runtime.getRuntime().halt(3);
  }
}
