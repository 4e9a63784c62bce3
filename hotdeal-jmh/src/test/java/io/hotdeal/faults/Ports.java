package io.hotdeal.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Free ports of the loopback. */
final class Ports {

  private Ports() {}

  static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that leaves room for the cluster bus, 10,000 above it. */
  static int freeForCluster() {
    int port = free();
    while (port > 55_000) {
      port = free();
    }
    return port;
  }
}
