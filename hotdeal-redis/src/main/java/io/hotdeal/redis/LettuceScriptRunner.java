package io.hotdeal.redis;

import io.hotdeal.NothingHappenedException;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.redis.ScriptOutcome.Failed;
import io.hotdeal.redis.ScriptOutcome.Replied;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

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
    return evalshaAll(sha, List.of(new ScriptCall(keys, args))).get(0).reply();
  }

  @Override
  public List<?> eval(String script, List<String> keys, List<String> args) {
    return evalAll(script, List.of(new ScriptCall(keys, args))).get(0).reply();
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

  @Override
  public boolean pipelines() {
    return true;
  }

  @Override
  public List<ScriptOutcome> evalshaAll(String sha, List<ScriptCall> calls) {
    return run(
        calls,
        (redis, call) ->
            redis.evalsha(sha, ScriptOutputType.MULTI, array(call.keys()), array(call.args())));
  }

  @Override
  public List<ScriptOutcome> evalAll(String script, List<ScriptCall> calls) {
    return run(
        calls,
        (redis, call) ->
            redis.eval(script, ScriptOutputType.MULTI, array(call.keys()), array(call.args())));
  }

  /** Sends all, then waits for all, within one time-out. */
  private List<ScriptOutcome> run(List<ScriptCall> calls, Command command) {
    LettuceConnection connection = source.connection();
    long start = System.nanoTime();
    List<Reply> replies =
        calls.stream().map(call -> send(() -> command.send(connection.scripts(), call))).toList();
    List<ScriptOutcome> outcomes = new ArrayList<>(calls.size());
    boolean broken = false;
    for (Reply reply : replies) {
      try {
        outcomes.add(new Replied(reply.await(nanosLeft(connection.timeoutNanos(), start))));
      } catch (RuntimeException e) {
        broken |= isOfTheConnection(e);
        outcomes.add(new Failed(failure(e)));
      }
    }
    if (broken) { // not before: it would cut off those that are still under way
      source.failed(connection);
    }
    return outcomes;
  }

  private static Reply send(Supplier<RedisFuture<List<?>>> command) {
    try {
      RedisFuture<List<?>> reply = command.get();
      return nanos -> LettuceFutures.awaitOrCancel(reply, nanos, TimeUnit.NANOSECONDS);
    } catch (RuntimeException e) {
      return nanos -> {
        throw e;
      };
    }
  }

  /** At least 1, which still takes a reply that is there, because 0 is for ever. */
  private static long nanosLeft(long timeoutNanos, long start) {
    return timeoutNanos == 0 ? 0 : Math.max(1, timeoutNanos - (System.nanoTime() - start));
  }

  private static boolean isOfTheConnection(RuntimeException e) {
    if (e instanceof RedisCommandExecutionException) {
      return reply(e).isOfNoPrimary();
    }
    return !(e instanceof CancellationException) // another call's failure closed the connection
        && !(e instanceof RedisCommandInterruptedException)
        && !startsWith(e, QUEUE_IS_FULL);
  }

  private RuntimeException failure(RuntimeException e) {
    if (e instanceof RedisCommandExecutionException) {
      return reply(e);
    }
    if (e instanceof CancellationException) {
      return RedisErrors.ofFailure(e);
    }
    if (repeats()) {
      return new OutcomeUnknownException("the last attempt failed: " + RootCauses.of(e), e);
    }
    return wasNotSent(e)
        ? new NothingHappenedException("Lettuce did not send it: " + RootCauses.of(e), e)
        : RedisErrors.ofFailure(e);
  }

  private static RedisErrorReply reply(RuntimeException e) {
    return new RedisErrorReply(String.valueOf(e.getMessage()));
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

  /** A command that runs a script. */
  private interface Command {
    RedisFuture<List<?>> send(RedisScriptingAsyncCommands<String, String> redis, ScriptCall call);
  }

  /** A reply that may still be under way. */
  private interface Reply {
    List<?> await(long nanos);
  }
}
