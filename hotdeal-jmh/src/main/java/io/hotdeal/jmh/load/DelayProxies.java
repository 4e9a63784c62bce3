package io.hotdeal.jmh.load;

import io.hotdeal.testkit.Resources;
import io.hotdeal.testkit.TcpProxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The proxies that add one round-trip time, one proxy per store. Not thread-safe. */
final class DelayProxies {

  private final double roundTripMillis;
  private final Resources resources;
  private final Map<InetSocketAddress, TcpProxy> proxies = new HashMap<>();

  DelayProxies(double roundTripMillis, Resources resources) {
    this.roundTripMillis = roundTripMillis;
    this.resources = resources;
  }

  double roundTripMillis() {
    return roundTripMillis;
  }

  /** The port of the proxy before that store, started when first asked for. */
  int to(String host, int port) {
    return proxies.computeIfAbsent(new InetSocketAddress(host, port), this::open).port();
  }

  private TcpProxy open(InetSocketAddress store) {
    TcpProxy proxy = resources.add(new TcpProxy(store));
    proxy.delay(Duration.ofNanos((long) (roundTripMillis * 1e6 / 2)));
    return proxy;
  }
}
