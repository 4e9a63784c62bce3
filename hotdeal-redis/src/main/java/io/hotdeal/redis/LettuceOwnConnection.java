package io.hotdeal.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.sync.RedisScriptingCommands;

/** A connection that the caller made and keeps: it is never left for another one. */
record LettuceOwnConnection(
    StatefulConnection<String, String> connection, RedisScriptingCommands<String, String> commands)
    implements LettuceLine {

  @Override
  public ClientOptions options() {
    return connection.getOptions();
  }

  @Override
  public void failed(RedisScriptingCommands<String, String> unused) {}
}
