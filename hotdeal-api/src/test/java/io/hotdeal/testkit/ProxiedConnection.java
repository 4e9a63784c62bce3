package io.hotdeal.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One connection through a {@link TcpProxy}. */
final class ProxiedConnection {

  private enum Replies {
    PASS,
    BYTE_BY_BYTE,
    RESET,
    SWALLOW
  }

  private static final int BUFFER = 65_536;

  private final TcpProxy proxy;
  private final int number;
  private final Socket client;
  private final Socket server;
  private volatile Replies replies = Replies.PASS;

  /**
   * A connection.
   *
   * @param number how many the proxy had accepted with it
   */
  ProxiedConnection(TcpProxy proxy, int number, Socket client, Socket server) throws IOException {
    this.proxy = proxy;
    this.number = number;
    this.client = client;
    this.server = server;
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
  }

  /** Starts a thread for each direction, or two where bytes are delayed. */
  void start(long oneWayNanos) {
    if (oneWayNanos > 0) {
      new DelayedPump(client, server, oneWayNanos).start(() -> {});
      new DelayedPump(server, client, oneWayNanos).start(this::close);
    } else {
      DaemonThreads.start("proxy-requests", () -> pump(this::requests));
      DaemonThreads.start("proxy-replies", () -> pump(this::replies));
    }
  }

  private void pump(DaemonThreads.Task direction) throws IOException {
    try {
      direction.run();
    } finally {
      close();
    }
  }

  private void requests() throws IOException {
    InputStream from = client.getInputStream();
    OutputStream to = server.getOutputStream();
    byte[] buffer = new byte[BUFFER];
    for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      Fault fault = proxy.nextFault();
      if (proxy.isSilenced(number)) {
        continue;
      }
      if (fault == null) {
        to.write(buffer, 0, n);
      } else if (!forward(fault, to, buffer, n)) {
        return;
      }
    }
  }

  /** Returns false if that was the end of the connection. */
  private boolean forward(Fault fault, OutputStream to, byte[] request, int n) throws IOException {
    switch (fault) {
      case CUT_BEFORE -> {
        reset();
        return false;
      }
      case CUT_AFTER -> {
        to.write(request, 0, n);
        client.setSoLinger(true, 0);
        client.close();
        return false;
      }
      case HALF_OPEN -> {
        discard(client.getInputStream());
        return false;
      }
      case REPLY_RESET -> {
        replies = Replies.RESET;
        to.write(request, 0, n);
      }
      case REPLY_SWALLOWED -> {
        replies = Replies.SWALLOW;
        to.write(request, 0, n);
      }
      case BYTE_BY_BYTE -> {
        replies = Replies.BYTE_BY_BYTE;
        byteByByte(to, request, n);
      }
      case DELAYED -> {
        pause(proxy.faultDelayMillis());
        to.write(request, 0, n);
      }
    }
    return true;
  }

  private void replies() throws IOException {
    InputStream from = server.getInputStream();
    OutputStream to = client.getOutputStream();
    byte[] buffer = new byte[BUFFER];
    for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      while (proxy.isHoldingReplies() && !client.isClosed()) {
        pause(1);
      }
      if (proxy.losesReply()) {
        return;
      }
      if (proxy.isSilenced(number)) {
        continue;
      }
      switch (replies) {
        case PASS -> to.write(buffer, 0, n);
        case BYTE_BY_BYTE -> byteByByte(to, buffer, n);
        case RESET -> {
          reset();
          return;
        }
        case SWALLOW -> {
          discard(from);
          return;
        }
      }
    }
  }

  private static void byteByByte(OutputStream to, byte[] bytes, int n) throws IOException {
    for (int i = 0; i < n; i++) {
      to.write(bytes, i, 1);
    }
  }

  /** Reads to the end, which comes when the other side closes the connection. */
  private static void discard(InputStream from) throws IOException {
    from.transferTo(OutputStream.nullOutputStream());
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Closes both sides with an RST. */
  void reset() {
    try {
      client.setSoLinger(true, 0);
      server.setSoLinger(true, 0);
    } catch (IOException e) {
      // closed already
    }
    close();
  }

  private void close() {
    proxy.ended(this);
    try (client;
        server) {
      // closes both
    } catch (IOException e) {
      // closed already
    }
  }
}
