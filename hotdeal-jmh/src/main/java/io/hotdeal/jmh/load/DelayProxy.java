package io.hotdeal.jmh.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands on the loopback between a client and a store, and hands on every byte the same time later,
 * in order: a longer way, not a narrower one.
 */
final class DelayProxy implements Closeable {

  private static final int BACKLOG = 1_024;

  private final ServerSocket listener;
  private final InetSocketAddress upstream;
  private final long oneWayNanos;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /** A proxy that listens on a free port. */
  DelayProxy(InetSocketAddress upstream, long oneWayNanos) throws IOException {
    this.upstream = upstream;
    this.oneWayNanos = oneWayNanos;
    listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    daemon(this::acceptAll);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        connect(listener.accept());
      } catch (IOException e) {
        // Closed, or a client that is gone already; the next may be better.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket server = new Socket();
    sockets.add(client);
    sockets.add(server);
    try {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      server.connect(upstream);
    } catch (IOException e) {
      drop(client, server);
      throw e;
    }
    DelayLine request = new DelayLine(client, server, oneWayNanos);
    DelayLine reply = new DelayLine(server, client, oneWayNanos);
    daemon(request::read);
    daemon(reply::read);
    daemon(request::write);
    daemon(
        () -> {
          reply.write();
          drop(client, server);
        });
  }

  private void drop(Socket client, Socket server) {
    for (Socket socket : new Socket[] {client, server}) {
      sockets.remove(socket);
      DelayLine.closeQuietly(socket);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "delay-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    sockets.forEach(DelayLine::closeQuietly);
  }
}
