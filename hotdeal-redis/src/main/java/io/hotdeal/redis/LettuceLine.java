package io.hotdeal.redis;

import io.hotdeal.NothingHappenedException;
import io.lettuce.core.api.sync.RedisScriptingCommands;

/** Where a script runner gets the Lettuce connection that all threads share. */
@FunctionalInterface
interface LettuceLine {

  /**
   * The connection's commands.
   *
   * @throws NothingHappenedException if there is none to be had
   */
  RedisScriptingCommands<String, String> commands();

  /** A call on these commands failed for the connection's sake. A caller's own connection stays. */
  default void failed(RedisScriptingCommands<String, String> commands) {}
}
