package io.hotdeal.testkit;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Daemon threads that serve connections: each ends with its connection. */
public final class DaemonThreads {

  /** The work of one thread; an exception means that its connection has ended. */
  @FunctionalInterface
  public interface Task {
    void run() throws IOException;
  }

  private DaemonThreads() {}

  public static void start(String name, Task task) {
    thread(name, () -> runQuietly(task)).start();
  }

  public static ExecutorService pool(String name, int threads) {
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
      // the connection has ended
    }
  }
}
