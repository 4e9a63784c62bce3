package io.hotdeal.demo.workshop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * Concurrent users, each with a connection and a thread, who send the next request as soon as the
 * last one is answered (a closed loop). All connect first, then all start at once.
 */
final class Crowd {

  private final int port;
  private final String path;
  private final BooleanSupplier more;
  private final Score score;
  private final CountDownLatch gate = new CountDownLatch(1);
  private volatile long start;

  /**
   * @param more asked before each request; false ends the user's loop
   * @param score gets every answer
   */
  Crowd(int port, String path, BooleanSupplier more, Score score) {
    this.port = port;
    this.path = path;
    this.more = more;
    this.score = score;
  }

  /** Returns when every request is answered. */
  void run(int users) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < users; i++) {
      HttpConnection connection = connect();
      Thread thread = new Thread(() -> buy(connection), "user-" + i);
      thread.start();
      threads.add(thread);
    }
    start = System.nanoTime();
    gate.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void buy(HttpConnection first) {
    HttpConnection connection = first;
    try {
      gate.await();
      while (more.getAsBoolean()) {
        connection = ask(connection);
      }
      connection.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the connection for the next request. */
  private HttpConnection ask(HttpConnection connection) throws IOException {
    long sent = System.nanoTime();
    try {
      HttpConnection.Answer answer = connection.get();
      long now = System.nanoTime();
      score.add(answer, now - start, now - sent);
      return connection;
    } catch (IOException e) {
      long now = System.nanoTime();
      score.addFailure(e, now - start, now - sent);
      connection.close();
      return connect();
    }
  }

  private HttpConnection connect() {
    try {
      return new HttpConnection(port, path);
    } catch (IOException e) {
      throw new UncheckedIOException("no connection to port " + port, e);
    }
  }
}
