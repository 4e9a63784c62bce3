package io.hotdeal.redis;

import io.hotdeal.HotDealException;
import java.util.List;
import java.util.function.Supplier;

/** What became of one of several calls of a script: a reply or a failure. */
public sealed interface ScriptOutcome {

  /**
   * The array that the script returned, of {@link Long} and {@link String}.
   *
   * @throws RuntimeException the failure, as {@link ScriptRunner#evalsha} throws it
   */
  List<?> reply();

  /** The outcome of a single call. */
  static ScriptOutcome of(Supplier<List<?>> call) {
    try {
      return new Replied(call.get());
    } catch (RedisErrorReply | HotDealException e) {
      return new Failed(e);
    }
  }

  /** The script returned this array. */
  record Replied(List<?> reply) implements ScriptOutcome {}

  /**
   * The call failed.
   *
   * @param failure a {@link RedisErrorReply} or a {@link HotDealException}
   */
  record Failed(RuntimeException failure) implements ScriptOutcome {
    @Override
    public List<?> reply() {
      throw failure;
    }
  }
}
