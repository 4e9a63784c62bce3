package io.hotdeal.redis;

import io.hotdeal.NothingHappenedException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisScriptingCommands;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs scripts over one Lettuce connection that all threads share: standalone or Cluster.
 *
 * <p>Lettuce sends a command again after a reconnect, unless it rejects commands while it is
 * disconnected.
 *
 * @param connection throws a {@link NothingHappenedException} if there is none to be had
 */
record LettuceScriptRunner(
    Supplier<RedisScriptingCommands<String, String>> connection, ClientOptions options)
    implements ScriptRunner {

  /** How Lettuce says that it turned a command away; it has no type for that. */
  private static final Set<String> TURNED_AWAY =
      Set.of("Currently not connected", "Request queue size exceeded", "Connection is closed");

  @Override
  public List<?> evalsha(String sha, List<String> keys, List<String> args) {
    return call(redis -> redis.evalsha(sha, ScriptOutputType.MULTI, array(keys), array(args)));
  }

  @Override
  public List<?> eval(String script, List<String> keys, List<String> args) {
    return call(redis -> redis.eval(script, ScriptOutputType.MULTI, array(keys), array(args)));
  }

  @Override
  public boolean repeats() {
    return switch (options.getDisconnectedBehavior()) {
      case REJECT_COMMANDS -> false;
      case ACCEPT_COMMANDS -> true;
      case DEFAULT -> options.isAutoReconnect();
    };
  }

  private List<?> call(Function<RedisScriptingCommands<String, String>, List<?>> command) {
    RedisScriptingCommands<String, String> redis = connection.get();
    try {
      return command.apply(redis);
    } catch (RedisCommandExecutionException e) {
      throw new RedisErrorReply(String.valueOf(e.getMessage()));
    } catch (RedisException e) {
      if (!repeats() && turnedAway(String.valueOf(e.getMessage()))) {
        throw new NothingHappenedException("Lettuce did not send it: " + e.getMessage(), e);
      }
      throw RedisErrors.ofFailure(e);
    }
  }

  private static boolean turnedAway(String message) {
    return TURNED_AWAY.stream().anyMatch(message::startsWith);
  }

  private static String[] array(List<String> values) {
    return values.toArray(String[]::new);
  }
}
