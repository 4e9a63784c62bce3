package io.hotdeal.redis;

/** The store answered a command with an error. Its first word says which one. */
public final class RedisErrorReply extends RuntimeException {

  private static final long serialVersionUID = 1L;

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
}
