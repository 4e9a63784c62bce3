package io.hotdeal.demo;

import java.io.IOException;

/**
 * A helper that starts processes under the system's class loader. The JVM's thread that waits for a
 * process inherits the class loader and is reused for a minute or more: it would keep a stopped web
 * application in memory.
 */
final class Detached {

  private Detached() {}

  /** A task that starts a process. */
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
