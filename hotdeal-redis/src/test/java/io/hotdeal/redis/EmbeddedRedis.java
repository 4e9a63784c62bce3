package io.hotdeal.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import redis.clients.jedis.UnifiedJedis;
import redis.embedded.RedisServer;

/** A real Redis on a free port of the loopback; stopped by close, or else with the JVM. */
final class EmbeddedRedis implements AutoCloseable {

  private final RedisServer server;
  private final UnifiedJedis admin;
  private final int port;

  EmbeddedRedis() {
    try {
      port = freePort();
      server =
          RedisServer.newRedisServer()
              .port(port)
              .bind("127.0.0.1")
              .setting("save \"\"")
              .onShutdownForceStop(true)
              .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
    admin = Jedises.standalone(uri());
  }

  URI uri() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  URI uri(String user, String password) {
    return URI.create("redis://" + user + ":" + password + "@127.0.0.1:" + port);
  }

  /** What a test does beside the counter. */
  UnifiedJedis admin() {
    return admin;
  }

  /** On the port that it always has. */
  void start() {
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It keeps nothing. */
  void stop() {
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    admin.close();
    stop();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
