package io.hotdeal.redis;

import io.hotdeal.NothingHappenedException;
import io.hotdeal.OutcomeUnknownException;
import java.util.List;

/**
 * All that the counter needs of a Redis client: it runs scripts.
 *
 * <p>Both methods block until the store answered, and throw a {@link RedisErrorReply} for an error
 * reply, a {@link NothingHappenedException} where the command certainly was not sent, and an {@link
 * OutcomeUnknownException} for everything else. Implementations are thread-safe.
 */
public interface ScriptRunner {

  /**
   * EVALSHA.
   *
   * @param sha the script's SHA-1 in lower-case hexadecimal
   * @param keys all of one hash slot
   * @return the array that the script answered, of {@link Long} and {@link String}
   */
  List<?> evalsha(String sha, List<String> keys, List<String> args);

  /** EVAL: as {@link #evalsha}, with the script's text. */
  List<?> eval(String script, List<String> keys, List<String> args);

  /**
   * Whether the client may send a command again by itself. Then an error reply speaks of the last
   * attempt only, an earlier one may have taken effect, and no error proves that nothing happened.
   */
  boolean repeats();
}
