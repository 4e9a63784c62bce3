package io.hotdeal.redis;

import io.hotdeal.NothingHappenedException;
import io.hotdeal.OutcomeUnknownException;
import java.util.List;

/**
 * The port to a Redis client: it runs scripts.
 *
 * <p>Both methods block until the store answers or the client's time-out has passed. They throw a
 * {@link RedisErrorReply} for an error reply, a {@link NothingHappenedException} if the command
 * certainly was not sent, and an {@link OutcomeUnknownException} for everything else.
 * Implementations are thread-safe.
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
}
