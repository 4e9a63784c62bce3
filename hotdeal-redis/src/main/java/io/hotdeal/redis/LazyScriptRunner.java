package io.hotdeal.redis;

import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import java.util.List;
import java.util.function.Supplier;

/**
 * A script runner over a client that is created on first use, because some clients cannot be
 * created while Redis is down. After a failure the next call tries again.
 *
 * <p>Concurrent calls share one attempt, so none waits longer than one attempt takes.
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

  /** As the client does; until there is one, it is assumed to repeat. */
  @Override
  public boolean repeats() {
    return runner.ifPresent().map(ScriptRunner::repeats).orElse(true);
  }

  /** As the client does; until there is one, it is assumed to. */
  @Override
  public boolean pipelines() {
    return runner.ifPresent().map(ScriptRunner::pipelines).orElse(true);
  }

  @Override
  public List<ScriptOutcome> evalshaAll(String sha, List<ScriptCall> calls) {
    return connected().evalshaAll(sha, calls);
  }

  @Override
  public List<ScriptOutcome> evalAll(String script, List<ScriptCall> calls) {
    return connected().evalAll(script, calls);
  }

  private ScriptRunner connected() {
    try {
      return runner.get();
    } catch (HotDealException e) {
      throw e;
    } catch (RuntimeException e) { // of any type: no script was sent
      throw new NothingHappenedException("cannot connect to Redis: " + RootCauses.of(e), e);
    }
  }
}
