package io.hotdeal.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import redis.embedded.RedisServer;

/**
 * A real Redis on a free port of the loopback interface, gone with the JVM. Keeps nothing on disk.
 */
final class EmbeddedRedis implements AutoCloseable {

  private final RedisServer server;
  private final Thread killer = new Thread(this::stop, "hotdeal-demo-redis-stop");

  private EmbeddedRedis(RedisServer server) {
    this.server = server;
  }

  static EmbeddedRedis start() {
    try {
      RedisServer server =
          RedisServer.newRedisServer()
              .port(freePort())
              .bind(InetAddress.getLoopbackAddress().getHostAddress())
              .setting("save \"\"")
              .setting("appendonly no")
              .setting("maxmemory-policy noeviction")
              .build();
      server.start();
      EmbeddedRedis redis = new EmbeddedRedis(server);
      Runtime.getRuntime().addShutdownHook(redis.killer);
      return redis;
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded Redis does not start", e);
    }
  }

  String uri() {
    return "redis://127.0.0.1:" + server.ports().get(0);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (IllegalStateException e) {
      return; // The JVM is going down, and the hook does it.
    }
    stop();
  }

  private void stop() {
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded Redis does not stop", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
