package io.hotdeal.redis;

import io.hotdeal.NothingHappenedException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.api.sync.RedisScriptingCommands;

/** Where a script runner gets the Lettuce connection that all threads share. */
interface LettuceLine {

  /**
   * The connection's commands.
   *
   * @throws NothingHappenedException if there is none to be had
   */
  RedisScriptingCommands<String, String> commands();

  /** The options of the client whose connection it is. */
  ClientOptions options();

  /** These commands' connection is of no use any more. A caller's own connection stays. */
  void failed(RedisScriptingCommands<String, String> commands);
}
