package io.hotdeal.redis;

import io.hotdeal.NothingHappenedException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.api.sync.RedisScriptingCommands;

/** A source of the Lettuce connection that all threads share. Thread-safe. */
interface LettuceConnectionSource {

  /**
   * The connection's commands. May block to connect.
   *
   * @throws NothingHappenedException if there is no connection
   */
  RedisScriptingCommands<String, String> commands();

  /** The options of the client whose connection it is. */
  ClientOptions options();

  /** Reports that the connection of these commands is broken; it may be replaced. */
  void failed(RedisScriptingCommands<String, String> commands);
}
