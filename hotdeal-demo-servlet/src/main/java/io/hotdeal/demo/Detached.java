package io.hotdeal.demo;

import java.io.IOException;

/**
 * Runs what starts a process under the system's class loader. The JVM's thread that waits for the
 * process inherits the loader and lives for another minute, or as long as processes are started: it
 * would keep a web application in memory that was stopped meanwhile.
 */
final class Detached {

  private Detached() {}

  /** Something that starts a process. */
  interface Task<T> {
    T run() throws IOException;
  }

  static <T> T run(Task<T> task) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      return task.run();
    } finally {
      thread.setContextClassLoader(loader);
    }
  }
}
