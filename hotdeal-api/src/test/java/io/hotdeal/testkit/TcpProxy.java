package io.hotdeal.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A TCP proxy on a free port of the loopback. It forwards bytes between clients and a server, and
 * injects the faults that it is told to. Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {

  private static final int BACKLOG = 1_024;

  private final ServerSocket listener;
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicBoolean losingReply = new AtomicBoolean();
  private volatile InetSocketAddress upstream;
  private volatile Supplier<Fault> faults = () -> null;
  private volatile long faultDelayMillis;
  private volatile long oneWayNanos;
  private volatile int silenced;
  private volatile boolean closingOnReply;
  private volatile boolean refusing;
  private volatile boolean holding;

  /** A proxy before a server of the loopback. */
  public TcpProxy(int upstream) {
    this(new InetSocketAddress(InetAddress.getLoopbackAddress(), upstream));
  }

  public TcpProxy(InetSocketAddress upstream) {
    this.upstream = upstream;
    try {
      listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    DaemonThreads.start("proxy", this::acceptAll);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Its address, such as {@code redis://127.0.0.1:1234}. */
  public URI uri(String scheme) {
    return URI.create(scheme + "://127.0.0.1:" + port());
  }

  /** Connections accepted so far. */
  public int accepted() {
    return accepted.get();
  }

  /** Where new connections go; open ones stay. */
  public void pointTo(int port) {
    upstream = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Every byte of new connections is forwarded so much later, in each direction. */
  public void delay(Duration oneWay) {
    oneWayNanos = oneWay.toNanos();
  }

  /**
   * Which fault each request meets.
   *
   * @param plan gives the fault of the next request, or null; called by many threads
   * @param delayMillis how late a {@link Fault#DELAYED} request is
   */
  public void inject(Supplier<Fault> plan, long delayMillis) {
    faults = plan;
    faultDelayMillis = delayMillis;
  }

  /** Resets every connection and closes new ones, until it is set to false. */
  public void refuse(boolean refuse) {
    refusing = refuse;
    if (refuse) {
      connections.forEach(ProxiedConnection::reset);
    }
  }

  /** Keeps back every reply until it is set to false. */
  public void holdReplies(boolean hold) {
    holding = hold;
  }

  /** Discards all bytes of the open connections from now on; new connections are not affected. */
  public void silenceOpenConnections() {
    silenced = accepted.get();
  }

  /** Discards all bytes of all connections from now on. */
  public void silence() {
    silenced = Integer.MAX_VALUE;
  }

  /** Closes the connection of the next reply instead of forwarding it. */
  public void loseNextReply() {
    losingReply.set(true);
  }

  /** Closes this proxy instead of forwarding the next reply. */
  public void closeOnNextReply() {
    closingOnReply = true;
  }

  private void acceptAll() throws IOException {
    while (true) {
      Socket client = listener.accept();
      // close() may return while a thread is about to accept one more connection
      if (refusing || listener.isClosed()) {
        client.close();
      } else {
        int number = accepted.incrementAndGet();
        DaemonThreads.start("proxy-connect", () -> connect(number, client));
      }
    }
  }

  private void connect(int number, Socket client) throws IOException {
    Socket server = new Socket();
    try {
      server.connect(upstream);
    } catch (IOException e) {
      client.close();
      return;
    }
    ProxiedConnection connection = new ProxiedConnection(this, number, client, server);
    connections.add(connection);
    connection.start(oneWayNanos);
    if (refusing) {
      connection.reset();
    }
  }

  Fault nextFault() {
    return faults.get();
  }

  long faultDelayMillis() {
    return faultDelayMillis;
  }

  boolean isHoldingReplies() {
    return holding;
  }

  boolean isSilenced(int connection) {
    return connection <= silenced;
  }

  /** Whether the reply that has come is to be lost with its connection. */
  boolean losesReply() {
    if (closingOnReply) {
      close();
      return true;
    }
    return losingReply.compareAndSet(true, false);
  }

  void ended(ProxiedConnection connection) {
    connections.remove(connection);
  }

  @Override
  public void close() {
    refusing = true;
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    connections.forEach(ProxiedConnection::reset);
  }
}
