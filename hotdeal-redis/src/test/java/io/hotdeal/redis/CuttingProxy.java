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

/** Stands before a Redis and, once told so, swallows its next reply and is gone for good. */
final class CuttingProxy implements AutoCloseable {

  private final URI redis;
  private final ServerSocket listener;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private volatile boolean cutting;

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
      Socket server = new Socket(redis.getHost(), redis.getPort());
      sockets.add(client);
      sockets.add(server);
      daemon(() -> pump(client.getInputStream(), server.getOutputStream(), false));
      daemon(() -> pump(server.getInputStream(), client.getOutputStream(), true));
    }
  }

  private void pump(InputStream from, OutputStream to, boolean replies) throws IOException {
    byte[] buffer = new byte[8192];
    for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      if (replies && cutting) {
        close();
        return;
      }
      to.write(buffer, 0, n);
      to.flush();
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
