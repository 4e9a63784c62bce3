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
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

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

  /** What our scripts raise when a write is refused after others were done. */
  private static final String HALF_WRITTEN = "HOTDEAL half written";

  /** Redis 7.0 and 6.2 say so inside a script, 7.0 without a word of its own in front. */
  private static final String MAY_NOT = "The user executing the script can't";

  /** Before 7.0 an error inside a script is wrapped: {@code ERR Error … line: -READONLY You …}. */
  private static final Pattern WRAPPED =
      Pattern.compile("ERR Error running script .*?@user_script: ?\\d+: -?([A-Z]+) .*");

  /** What Java says where the first thing that it reads of a server is no TLS. */
  private static final String NO_TLS = "Unsupported or unrecognized SSL message";

  private RedisErrors() {}

  /** What an error reply proves, where the client sent the command once. */
  static HotDealException ofReply(RedisErrorReply error) {
    String reply = error.reply();
    if (reply.contains(HALF_WRITTEN)) {
      return new OutcomeUnknownException(said(reply));
    }
    String word = firstWord(reply);
    if (word.equals(FAULT)) {
      return new NothingHappenedException("the counter's " + reply.substring(FAULT.length() + 1));
    }
    return REFUSALS.contains(word) || reply.contains(MAY_NOT)
        ? new NothingHappenedException(said(reply))
        : new OutcomeUnknownException(said(reply));
  }

  private static String said(String reply) {
    boolean rule = reply.contains("NOPERM") || reply.contains(MAY_NOT);
    return "Redis answered: "
        + reply
        + (rule ? " (its user lacks a command or key of the rule at RedisStockCounter)" : "");
  }

  /** What a failure proves that is no error reply. */
  static HotDealException ofFailure(Throwable failure) {
    return failedToConnect(failure)
        ? new NothingHappenedException(
            "cannot connect to Redis: " + RootCauses.of(failure), failure)
        : new OutcomeUnknownException("no answer from Redis: " + RootCauses.of(failure), failure);
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
   * Whether it ends in a connection that never stood. What is suppressed counts only where it is
   * the refusal itself, as with a host of several addresses: Jedis also suppresses there how it
   * failed to reconnect after a command had been sent.
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
        || failure instanceof NoRouteToHostException
        || failure instanceof SSLHandshakeException
        || failure instanceof SSLPeerUnverifiedException
        || (failure instanceof SSLException && NO_TLS.equals(failure.getMessage()));
  }
}
