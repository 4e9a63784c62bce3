package io.hotdeal.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One connection through a proxy, with a thread for each direction. */
final class FaultyConnection {

  private enum Replies {
    PASS,
    BYTE_BY_BYTE,
    RESET,
    SWALLOW
  }

  private static final int BUFFER = 65_536;

  private final FaultProxy proxy;
  private final Socket client;
  private final Socket server;
  private volatile Replies replies = Replies.PASS;

  FaultyConnection(FaultProxy proxy, Socket client, Socket server) throws IOException {
    this.proxy = proxy;
    this.client = client;
    this.server = server;
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
  }

  void start() {
    Daemons.start("proxy-requests", () -> pump(this::requests));
    Daemons.start("proxy-replies", () -> pump(this::replies));
  }

  private void pump(Daemons.Task direction) throws IOException {
    try (client;
        server) {
      direction.run();
    } finally {
      proxy.ended(this);
    }
  }

  private void requests() throws IOException {
    InputStream from = client.getInputStream();
    OutputStream to = server.getOutputStream();
    byte[] buffer = new byte[BUFFER];
    for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      Fault fault = proxy.nextFault();
      if (fault == null) {
        to.write(buffer, 0, n);
      } else if (!forward(fault, to, buffer, n)) {
        return;
      }
    }
  }

  /** False if that was the end of the connection. */
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
        pause(proxy.delayMillis());
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
      while (proxy.isHolding() && !client.isClosed()) {
        pause(1);
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

  /** Reads to the end, which comes when the client leaves or the sale is over. */
  private static void discard(InputStream from) throws IOException {
    from.transferTo(OutputStream.nullOutputStream());
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Ends it at once, on both sides, without a farewell. */
  void reset() {
    try (client;
        server) {
      client.setSoLinger(true, 0);
      server.setSoLinger(true, 0);
    } catch (IOException e) {
      // it has ended already
    }
  }
}
