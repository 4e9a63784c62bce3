package io.hotdeal.faults;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Daemon threads, for connections that end when they end. */
final class Daemons {

  /** What one of them does. */
  interface Task {
    void run() throws IOException;
  }

  private Daemons() {}

  static void start(String name, Task task) {
    thread(name, () -> runQuietly(task)).start();
  }

  static ExecutorService pool(String name, int threads) {
    return Executors.newFixedThreadPool(threads, work -> thread(name, work));
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  private static void runQuietly(Task task) {
    try {
      task.run();
    } catch (IOException e) {
      // the connection ended, which is what it is for
    }
  }
}
