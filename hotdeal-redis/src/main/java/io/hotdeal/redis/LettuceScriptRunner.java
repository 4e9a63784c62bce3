package io.hotdeal.redis;

import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.OutcomeUnknownException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisScriptingCommands;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * A script runner over one Lettuce connection that all threads share: standalone or Cluster.
 *
 * <p>Lettuce repeats a command after a reconnect, unless it rejects commands while it is
 * disconnected and is {@linkplain LettuceVersions 6.7 or later}.
 */
record LettuceScriptRunner(LettuceConnectionSource source) implements ScriptRunner {

  /**
   * The message of a full request queue. Lettuce has no exception types for commands that it
   * rejected unsent, so these are recognised by the start of their messages.
   */
  private static final String QUEUE_IS_FULL = "Request queue size exceeded";

  private static final Set<String> NOT_SENT =
      Set.of(
          "Currently not connected",
          QUEUE_IS_FULL,
          "Connection is closed",
          "cannot be started once stopped"); // Netty, of a client that was shut down

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
    ClientOptions options = source.options();
    return switch (options.getDisconnectedBehavior()) {
      case REJECT_COMMANDS -> LettuceVersions.repeatsUnanswered() && options.isAutoReconnect();
      case ACCEPT_COMMANDS -> true;
      case DEFAULT -> options.isAutoReconnect();
    };
  }

  private List<?> call(Function<RedisScriptingCommands<String, String>, List<?>> command) {
    RedisScriptingCommands<String, String> redis = source.commands();
    try {
      return command.apply(redis);
    } catch (RedisCommandExecutionException e) {
      RedisErrorReply reply = new RedisErrorReply(String.valueOf(e.getMessage()));
      if (reply.isOfNoPrimary()) {
        source.failed(redis);
      }
      throw reply;
    } catch (CancellationException e) { // another call's failure closed the connection
      throw RedisErrors.ofFailure(e);
    } catch (RuntimeException e) {
      if (isOfTheConnection(e)) {
        source.failed(redis);
      }
      throw failure(e);
    }
  }

  private static boolean isOfTheConnection(RuntimeException e) {
    return !(e instanceof RedisCommandInterruptedException) && !startsWith(e, QUEUE_IS_FULL);
  }

  private HotDealException failure(RuntimeException e) {
    if (repeats()) {
      return new OutcomeUnknownException("the last attempt failed: " + RootCauses.of(e), e);
    }
    return wasNotSent(e)
        ? new NothingHappenedException("Lettuce did not send it: " + RootCauses.of(e), e)
        : RedisErrors.ofFailure(e);
  }

  private static boolean wasNotSent(RuntimeException e) {
    return e instanceof RejectedExecutionException
        || NOT_SENT.stream().anyMatch(words -> startsWith(e, words));
  }

  private static boolean startsWith(RuntimeException e, String words) {
    return String.valueOf(e.getMessage()).startsWith(words);
  }

  private static String[] array(List<String> values) {
    return values.toArray(String[]::new);
  }
}
