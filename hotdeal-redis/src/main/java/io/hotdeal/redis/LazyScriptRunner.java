package io.hotdeal.redis;

import io.hotdeal.NothingHappenedException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs scripts over a client that cannot be made while Redis is down: it is made at the first call,
 * and after a failure at the next one.
 *
 * <p>One attempt is under way at a time. Who calls meanwhile waits for its end and shares it, so
 * that nobody waits longer than the client itself takes to give up.
 */
final class LazyScriptRunner implements ScriptRunner {

  private final Supplier<ScriptRunner> connecting;
  private final AtomicReference<@Nullable CompletableFuture<ScriptRunner>> attempt =
      new AtomicReference<>();

  LazyScriptRunner(Supplier<ScriptRunner> connecting) {
    this.connecting = connecting;
  }

  @Override
  public List<?> evalsha(String sha, List<String> keys, List<String> args) {
    return connected().evalsha(sha, keys, args);
  }

  @Override
  public List<?> eval(String script, List<String> keys, List<String> args) {
    return connected().eval(script, keys, args);
  }

  /** As the client does; while there is none, nothing is known of it. */
  @Override
  public boolean repeats() {
    CompletableFuture<ScriptRunner> made = attempt.get();
    return made == null
        || !made.isDone()
        || made.isCompletedExceptionally()
        || made.join().repeats();
  }

  private ScriptRunner connected() {
    CompletableFuture<ScriptRunner> mine = new CompletableFuture<>();
    CompletableFuture<ScriptRunner> standing = attempt.compareAndExchange(null, mine);
    if (standing == null) {
      connect(mine);
    }
    return outcome(standing == null ? mine : standing);
  }

  private void connect(CompletableFuture<ScriptRunner> mine) {
    try {
      mine.complete(connecting.get());
    } catch (RuntimeException e) {
      attempt.set(null);
      mine.completeExceptionally(e);
    } finally {
      if (!mine.isDone()) { // by an Error, which its own caller gets
        attempt.set(null);
        mine.completeExceptionally(new IllegalStateException("making the Redis client failed"));
      }
    }
  }

  private static ScriptRunner outcome(CompletableFuture<ScriptRunner> attempt) {
    try {
      return attempt.join();
    } catch (CompletionException e) {
      Throwable failure = e.getCause() == null ? e : e.getCause();
      throw new NothingHappenedException("cannot connect to Redis: " + describe(failure), failure);
    }
  }

  /** Its message and, where that is another's, the message of what began it. */
  private static String describe(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null || root.getSuppressed().length > 0) {
      root = root.getCause() != null ? root.getCause() : root.getSuppressed()[0];
    }
    String message = String.valueOf(failure.getMessage());
    return root == failure ? message : message + " (" + root + ")";
  }
}
