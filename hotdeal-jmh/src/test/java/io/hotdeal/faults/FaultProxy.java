package io.hotdeal.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and a store on the loopback: forwards bytes, or does to them what its
 * plan says. Its upstream can be changed, its connections cut and its replies held.
 */
final class FaultProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final FaultPlan plan;
  private final long delayMillis;
  private final Set<FaultyConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile int upstream;
  private volatile boolean refusing;
  private volatile boolean holding;

  /**
   * A proxy that listens.
   *
   * @param delayMillis how late a delayed request is: more than its sender's time-out
   */
  FaultProxy(int upstream, FaultPlan plan, long delayMillis) {
    this.upstream = upstream;
    this.plan = plan;
    this.delayMillis = delayMillis;
    try {
      listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Daemons.start("proxy", this::acceptAll);
  }

  /** One without faults of its own. */
  static FaultProxy plain(int upstream) {
    return new FaultProxy(upstream, new FaultPlan(0, 0), 0);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Where new connections go. */
  void pointTo(int port) {
    upstream = port;
  }

  /** Cuts every connection and hangs up on new ones, until told otherwise. */
  void refuse(boolean refuse) {
    refusing = refuse;
    if (refuse) {
      connections.forEach(FaultyConnection::reset);
    }
  }

  /** Keeps back what the upstream sends. */
  void hold(boolean hold) {
    holding = hold;
  }

  boolean isHolding() {
    return holding;
  }

  Fault nextFault() {
    return plan.next();
  }

  long delayMillis() {
    return delayMillis;
  }

  void ended(FaultyConnection connection) {
    connections.remove(connection);
  }

  private void acceptAll() throws IOException {
    while (true) {
      Socket client = listener.accept();
      if (refusing) {
        client.close();
      } else {
        Daemons.start("proxy-connect", () -> connect(client));
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), upstream);
    } catch (IOException e) {
      client.close();
      return;
    }
    FaultyConnection connection = new FaultyConnection(this, client, server);
    connections.add(connection);
    connection.start();
    if (refusing) {
      connection.reset();
    }
  }

  @Override
  public void close() throws IOException {
    refusing = true;
    listener.close();
    connections.forEach(FaultyConnection::reset);
  }
}
