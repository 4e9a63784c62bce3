package io.hotdeal.redis;

import java.net.URI;

/** A check of Redis URIs whose messages never contain the URI, because it may hold a password. */
final class RedisUris {

  private static final int DEFAULT_PORT = 6379;

  private RedisUris() {}

  static void check(URI uri) {
    boolean redis = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
    if (!redis || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "the Redis URI is not of the form redis[s]://[[user]:password@]host[:port][/database]");
    }
  }

  static int port(URI uri) {
    return uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
  }
}
