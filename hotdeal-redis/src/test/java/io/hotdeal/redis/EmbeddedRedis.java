package io.hotdeal.redis;

import io.hotdeal.testkit.RedisProcess;
import java.net.URI;
import redis.clients.jedis.UnifiedJedis;

/** A real Redis, and a client for commands of the test itself. */
final class EmbeddedRedis implements AutoCloseable {

  private final RedisProcess process = RedisProcess.started();
  private final UnifiedJedis admin = Jedises.standalone(uri());

  URI uri() {
    return process.uri();
  }

  URI uri(String user, String password) {
    return URI.create("redis://" + user + ":" + password + "@127.0.0.1:" + process.port());
  }

  /** The client for commands of the test itself. */
  UnifiedJedis admin() {
    return admin;
  }

  /** Starts it again, on the same port. */
  void start() {
    process.start();
  }

  /** Kills it; its data is lost. */
  void stop() {
    process.kill();
  }

  @Override
  public void close() {
    admin.close();
    process.close();
  }
}
