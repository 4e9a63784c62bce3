package io.hotdeal.redis;

import java.util.Set;

/** An error reply of the store. Its first word is the error code. */
public final class RedisErrorReply extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final Set<String> NO_PRIMARY = Set.of("READONLY", "MASTERDOWN", "LOADING");

  /**
   * @param reply the error line without its leading {@code -}, such as {@code "LOADING Redis is
   *     loading the dataset in memory"}
   */
  public RedisErrorReply(String reply) {
    super(reply, null, false, false);
  }

  /** The whole error line, without its leading {@code -}. */
  public String reply() {
    return String.valueOf(getMessage());
  }

  boolean isNoScript() {
    return reply().startsWith("NOSCRIPT");
  }

  /** Whether another node of the cluster owns the hash slot. */
  boolean isRedirection() {
    return reply().startsWith("MOVED ") || reply().startsWith("ASK ");
  }

  /** Whether the server is no primary, or not ready: a new connection may lead to the primary. */
  boolean isOfNoPrimary() {
    return NO_PRIMARY.contains(RedisErrors.firstWord(reply()));
  }
}
