package io.hotdeal.redis;

import io.hotdeal.NothingHappenedException;
import io.hotdeal.OutcomeUnknownException;
import java.util.List;

/**
 * The port to a Redis client: it runs scripts.
 *
 * <p>All methods that run scripts block until the store answers or the client's time-out has
 * passed. Those that run one throw a {@link RedisErrorReply} for an error reply, a {@link
 * NothingHappenedException} if the command certainly was not sent, and an {@link
 * OutcomeUnknownException} for everything else. Implementations are thread-safe.
 */
public interface ScriptRunner {

  /**
   * Runs a script by its SHA-1 (EVALSHA).
   *
   * @param sha the script's SHA-1 in lower-case hexadecimal
   * @param keys all of one hash slot
   * @param args the script's arguments, any number
   * @return the array that the script returned, of {@link Long} and {@link String}
   */
  List<?> evalsha(String sha, List<String> keys, List<String> args);

  /** Runs a script by its text (EVAL); otherwise as {@link #evalsha}. */
  List<?> eval(String script, List<String> keys, List<String> args);

  /**
   * Whether the client may send a command more than once by itself. Then an error reply is that of
   * the last attempt only, an earlier one may have taken effect, and no error proves that nothing
   * happened.
   */
  boolean repeats();

  /**
   * Whether {@link #evalshaAll} takes less time than one call after the other, because the client
   * sends the calls together.
   */
  default boolean pipelines() {
    return false;
  }

  /**
   * Runs a script by its SHA-1 for each of these calls, whose keys may be of different hash slots:
   * in one pipeline per node if the client {@linkplain #pipelines pipelines}, else one after the
   * other. The failure of one leaves the others alone.
   *
   * @return one outcome per call
   * @throws NothingHappenedException if none of them was sent
   */
  default List<ScriptOutcome> evalshaAll(String sha, List<ScriptCall> calls) {
    return calls.stream()
        .map(call -> ScriptOutcome.of(() -> evalsha(sha, call.keys(), call.args())))
        .toList();
  }

  /** Runs a script by its text (EVAL); otherwise as {@link #evalshaAll}. */
  default List<ScriptOutcome> evalAll(String script, List<ScriptCall> calls) {
    return calls.stream()
        .map(call -> ScriptOutcome.of(() -> eval(script, call.keys(), call.args())))
        .toList();
  }
}
