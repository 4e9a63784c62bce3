package io.hotdeal.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a Redis; once told so, it is gone for good, loses one reply with its connection,
 * its connections go silent, or its new connections lead to another server.
 */
final class CuttingProxy implements AutoCloseable {

  private volatile URI redis;
  private final ServerSocket listener;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private volatile boolean cutting;
  private final AtomicBoolean losing = new AtomicBoolean();
  private final AtomicInteger silenced = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();

  CuttingProxy(URI redis) throws IOException {
    this.redis = redis;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::acceptAll);
  }

  URI uri() {
    return URI.create("redis://127.0.0.1:" + listener.getLocalPort());
  }

  void swallowTheNextReply() {
    cutting = true;
  }

  /** The next reply is lost and its connection cut; new connections are welcome. */
  void loseOneReply() {
    losing.set(true);
  }

  /** Every connection that stands stays open, and nothing gets through it any more. */
  void silenceConnections() {
    silenced.set(accepted.get());
  }

  /** New connections go to this server; those that stand stay open, and where they lead. */
  void leadTo(URI other) {
    redis = other;
  }

  /** Connections accepted so far. */
  int accepted() {
    return accepted.get();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void acceptAll() throws IOException {
    while (true) {
      Socket client = listener.accept();
      URI target = redis;
      Socket server = new Socket(target.getHost(), target.getPort());
      sockets.add(client);
      sockets.add(server);
      if (listener.isClosed()) { // accepted while it was being closed
        client.close();
        server.close();
        return;
      }
      int number = accepted.incrementAndGet();
      daemon(() -> pump(number, client, server, false));
      daemon(() -> pump(number, server, client, true));
    }
  }

  private void pump(int number, Socket source, Socket target, boolean replies) throws IOException {
    InputStream from = source.getInputStream();
    OutputStream to = target.getOutputStream();
    byte[] buffer = new byte[8192];
    for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      if (replies && cutting) {
        close();
        return;
      }
      if (replies && losing.compareAndSet(true, false)) {
        source.close();
        target.close();
        return;
      }
      if (number > silenced.get()) {
        to.write(buffer, 0, n);
        to.flush();
      }
    }
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void daemon(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // the connection ended, which is what it is for
              }
            },
            "cutting-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
