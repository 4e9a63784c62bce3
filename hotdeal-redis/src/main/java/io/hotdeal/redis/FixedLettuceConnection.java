package io.hotdeal.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.sync.RedisScriptingCommands;

/** A connection that belongs to the caller and is never replaced. */
record FixedLettuceConnection(
    StatefulConnection<String, String> connection, RedisScriptingCommands<String, String> commands)
    implements LettuceConnectionSource {

  @Override
  public ClientOptions options() {
    return connection.getOptions();
  }

  @Override
  public void failed(RedisScriptingCommands<String, String> unused) {}
}
