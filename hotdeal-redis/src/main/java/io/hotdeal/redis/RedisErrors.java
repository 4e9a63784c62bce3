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
 * The classification of Redis errors: which ones prove that a command had no effect.
 *
 * <p>Error replies go by their first word, failures of the connection by their type; for all others
 * the outcome is unknown.
 */
final class RedisErrors {

  /** Refusals by the server, before it runs anything or at a script's first write. */
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

  /** The prefix of a script's error for a key with unexpected content, found before any write. */
  private static final String FAULT = "HOTDEAL";

  /** The prefix of a script's error for a write that was refused after others took effect. */
  private static final String HALF_WRITTEN = "HOTDEAL half written";

  /** A missing permission inside a script, in Redis 6.2 and 7.0; 7.0 puts no error code first. */
  private static final String MAY_NOT = "The user executing the script can't";

  /** Before 7.0 an error inside a script is wrapped: {@code ERR Error … line: -READONLY You …}. */
  private static final Pattern WRAPPED =
      Pattern.compile("ERR Error running script .*?@user_script: ?\\d+: -?([A-Z]+) .*");

  /** Java's message if a server's first bytes are not TLS. */
  private static final String NO_TLS = "Unsupported or unrecognized SSL message";

  private RedisErrors() {}

  /** The exception for an error reply, if the client sent the command once. */
  static HotDealException ofReply(RedisErrorReply error) {
    String reply = error.reply();
    if (reply.contains(HALF_WRITTEN)) {
      return new OutcomeUnknownException(messageOf(reply));
    }
    String word = firstWord(reply);
    if (word.equals(FAULT)) {
      return new NothingHappenedException("the counter's " + reply.substring(FAULT.length() + 1));
    }
    return REFUSALS.contains(word) || reply.contains(MAY_NOT)
        ? new NothingHappenedException(messageOf(reply))
        : new OutcomeUnknownException(messageOf(reply));
  }

  private static String messageOf(String reply) {
    boolean rule = reply.contains("NOPERM") || reply.contains(MAY_NOT);
    return "Redis answered: "
        + reply
        + (rule ? " (its user lacks a command or key of the rule at RedisStockCounter)" : "");
  }

  /** The exception for a failure that is not an error reply. */
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
   * Whether the connection was never established. A suppressed exception counts only if it is
   * itself such a failure, as for a host with several addresses; its causes do not, because Jedis
   * also suppresses a failed reconnect after a command was sent.
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
