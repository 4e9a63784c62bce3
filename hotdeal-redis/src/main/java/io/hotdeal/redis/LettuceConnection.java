package io.hotdeal.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;

/** A Lettuce connection, to one server or to a cluster, and its commands. */
record LettuceConnection(
    StatefulConnection<String, String> connection,
    RedisScriptingAsyncCommands<String, String> scripts) {

  static LettuceConnection of(StatefulRedisConnection<String, String> connection) {
    return new LettuceConnection(connection, connection.async());
  }

  static LettuceConnection of(StatefulRedisClusterConnection<String, String> connection) {
    return new LettuceConnection(connection, connection.async());
  }

  /** How long its commands may take, in nanoseconds; 0 for ever. */
  long timeoutNanos() {
    return connection.getTimeout().toNanos();
  }
}
