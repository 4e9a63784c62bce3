package io.hotdeal.demo;

/** Whole numbers out of text. */
final class Numbers {

  private Numbers() {}

  /**
   * @throws IllegalArgumentException naming the value (shortened) and the limits
   */
  static long parse(String what, String text, long min, long max) {
    try {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below, like a number out of its limits.
    }
    throw new IllegalArgumentException(
        what + " '" + shortened(text) + "' is not a whole number within " + min + " and " + max);
  }

  private static String shortened(String text) {
    String head = text.length() <= 20 ? text : text.substring(0, 20) + "…";
    return head.replaceAll("\\p{Cntrl}", "?");
  }
}
