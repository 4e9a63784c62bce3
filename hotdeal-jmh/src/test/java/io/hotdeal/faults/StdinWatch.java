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
        // the input is ignored
      }
    } catch (IOException e) {
      // treated as closed
    }
    Runtime.getRuntime().halt(3);
  }
}
