package io.hotdeal.redis;

import io.hotdeal.testkit.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import redis.embedded.RedisSentinel;

/**
 * A real Sentinel on a free port of the loopback, started by {@link #start}; it monitors one Redis.
 */
final class EmbeddedSentinel implements AutoCloseable {

  static final String MASTER = "shop";

  private final RedisSentinel sentinel;
  private final int port = FreePorts.next();

  EmbeddedSentinel(EmbeddedRedis redis) {
    sentinel =
        RedisSentinel.newRedisSentinel()
            .bind("127.0.0.1")
            .port(port)
            .masterName(MASTER)
            .masterPort(redis.uri().getPort())
            .quorumSize(1)
            .onShutdownForceStop(true)
            .build();
  }

  int port() {
    return port;
  }

  void start() {
    try {
      sentinel.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      sentinel.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
