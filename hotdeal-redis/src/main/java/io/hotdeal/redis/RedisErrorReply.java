package io.hotdeal.redis;

import java.util.Set;

/** The store answered a command with an error. Its first word says which one. */
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

  /** The whole error line. */
  public String reply() {
    return String.valueOf(getMessage());
  }

  boolean isNoScript() {
    return reply().startsWith("NOSCRIPT");
  }

  /** A replica answered, or a server that is not ready: a new connection may find the primary. */
  boolean isOfNoPrimary() {
    return NO_PRIMARY.contains(RedisErrors.firstWord(reply()));
  }
}
