package io.hotdeal.redis;

import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Runs scripts over a client that is created at the first call, and after a failure at the next
 * one, because it cannot be created while Redis is down.
 *
 * <p>Concurrent calls share one attempt, so none waits longer than the client takes to give up.
 */
final class LazyScriptRunner implements ScriptRunner {

  private final LazyReference<ScriptRunner> runner;

  LazyScriptRunner(Supplier<ScriptRunner> connecting) {
    this.runner = new LazyReference<>(connecting);
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
    return runner.ifPresent().map(ScriptRunner::repeats).orElse(true);
  }

  private ScriptRunner connected() {
    try {
      return runner.get();
    } catch (HotDealException e) {
      throw e;
    } catch (RuntimeException e) { // of whatever kind: no script was sent
      throw new NothingHappenedException("cannot connect to Redis: " + RootCauses.of(e), e);
    }
  }
}
