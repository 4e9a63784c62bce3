package io.hotdeal.redis;

import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.OutcomeUnknownException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one table of what a Redis error proves.
 *
 * <p>Error replies go by their first word, failures of the connection by their type; what stands in
 * neither list is unknown.
 */
final class RedisErrors {

  /** The server refuses before it runs anything, or at a script's first write. */
  private static final Set<String> REFUSALS =
      Set.of(
          "READONLY",
          "LOADING",
          "MASTERDOWN",
          "CLUSTERDOWN",
          "TRYAGAIN",
          "MOVED",
          "ASK",
          "CROSSSLOT",
          "BUSY",
          "NOREPLICAS",
          "MISCONF",
          "OOM",
          "NOAUTH",
          "WRONGPASS",
          "NOPERM",
          "NOSCRIPT");

  /** What our scripts answer when a key does not hold what it should: seen before any write. */
  private static final String FAULT = "HOTDEAL";

  /** Before 7.0 an error inside a script is wrapped: {@code ERR Error … line: -READONLY You …}. */
  private static final Pattern WRAPPED =
      Pattern.compile("ERR Error running script .*?@user_script: ?\\d+: -?([A-Z]+) .*");

  private RedisErrors() {}

  /** What an error reply proves, where the client sent the command once. */
  static HotDealException ofReply(RedisErrorReply error) {
    String reply = error.reply();
    String word = firstWord(reply);
    if (word.equals(FAULT)) {
      return new NothingHappenedException("the counter's " + reply.substring(FAULT.length() + 1));
    }
    String message = "Redis answered: " + reply;
    return REFUSALS.contains(word)
        ? new NothingHappenedException(message)
        : new OutcomeUnknownException(message);
  }

  /** What a failure proves that is no error reply. */
  static HotDealException ofFailure(Throwable failure) {
    return failedToConnect(failure)
        ? new NothingHappenedException("cannot connect to Redis: " + Causes.of(failure), failure)
        : new OutcomeUnknownException("no answer from Redis: " + Causes.of(failure), failure);
  }

  static String firstWord(String reply) {
    Matcher wrapped = WRAPPED.matcher(reply);
    if (wrapped.matches()) {
      return wrapped.group(1);
    }
    int end = reply.indexOf(' ');
    return end < 0 ? reply : reply.substring(0, end);
  }

  /**
   * Whether it ends in a refused connection. What is suppressed counts only where it is the refusal
   * itself, as with a host of several addresses: Jedis also suppresses there how it failed to
   * reconnect after a command had been sent.
   */
  private static boolean failedToConnect(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isRefusal(cause)
          || Arrays.stream(cause.getSuppressed()).anyMatch(RedisErrors::isRefusal)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRefusal(Throwable failure) {
    return failure instanceof ConnectException
        || failure instanceof UnknownHostException
        || failure instanceof NoRouteToHostException;
  }
}
