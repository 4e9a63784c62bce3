package io.hotdeal.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Stands before a database; once told so, it swallows what comes, as a server that hangs does. */
final class Swallower implements AutoCloseable {

  private final int database;
  private final ServerSocket listener;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private volatile boolean swallowing;

  Swallower(int database) throws IOException {
    this.database = database;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::acceptAll);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** From now on nothing gets through, on old connections and on new ones. */
  void swallow() {
    swallowing = true;
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
      Socket server = new Socket(InetAddress.getLoopbackAddress(), database);
      sockets.add(client);
      sockets.add(server);
      daemon(() -> pump(client.getInputStream(), server.getOutputStream()));
      daemon(() -> pump(server.getInputStream(), client.getOutputStream()));
    }
  }

  private void pump(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[8192];
    for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      if (!swallowing) {
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
            "swallower");
    thread.setDaemon(true);
    thread.start();
  }
}
