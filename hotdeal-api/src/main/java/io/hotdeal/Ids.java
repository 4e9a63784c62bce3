package io.hotdeal;

/**
 * The rule for order, deal and buyer ids: 1 to 64 characters out of {@code A-Z a-z 0-9 . _ -}.
 *
 * <p>Such an id fits a Redis key, a hash tag, a {@code VARCHAR2(64)} in any character set, a URL
 * and a log line without quoting, so that no adapter has to check or escape it again.
 */
public final class Ids {

  /** The longest id, in characters (which are also bytes). */
  public static final int MAX_LENGTH = 64;

  private Ids() {}

  /**
   * Returns {@code id} if it follows the rule.
   *
   * @param what the name of the id for the message, such as {@code "order id"}
   * @throws IllegalArgumentException naming the id (shortened) and the rule
   */
  public static String check(String what, String id) {
    if (!isValid(id)) {
      throw new IllegalArgumentException(
          what + " '" + printable(id) + "' does not match [A-Za-z0-9._-]{1," + MAX_LENGTH + "}");
    }
    return id;
  }

  private static boolean isValid(String id) {
    if (id.isEmpty() || id.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      if (!isAllowed(id.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAllowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }

  private static String printable(String id) {
    String head = id.length() <= MAX_LENGTH ? id : id.substring(0, MAX_LENGTH) + "…";
    return head.replaceAll("\\p{Cntrl}", "?");
  }
}
