package io.hotdeal.jmh.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** The proxies that add one round-trip time, one proxy per store. Not thread-safe. */
final class DelayProxies {

  private final double roundTripMillis;
  private final Cleanup cleanup;
  private final Map<InetSocketAddress, DelayProxy> proxies = new HashMap<>();

  DelayProxies(double roundTripMillis, Cleanup cleanup) {
    this.roundTripMillis = roundTripMillis;
    this.cleanup = cleanup;
  }

  double roundTripMillis() {
    return roundTripMillis;
  }

  /** The port of the proxy before that store, started when first asked for. */
  int to(String host, int port) {
    return proxies.computeIfAbsent(new InetSocketAddress(host, port), this::open).port();
  }

  private DelayProxy open(InetSocketAddress store) {
    try {
      DelayProxy proxy = new DelayProxy(store, (long) (roundTripMillis * 1e6 / 2));
      cleanup.add(proxy);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
