package io.hotdeal.demo;

import java.util.regex.Pattern;

/** A parser of whole numbers: ASCII digits only. */
final class Numbers {

  /** Long.parseLong accepts digits of every script, and a plus sign. 18 digits always fit. */
  private static final Pattern NUMBER = Pattern.compile("0*[0-9]{1,18}");

  private Numbers() {}

  /**
   * @throws IllegalArgumentException with the value (shortened) and the limits
   */
  static long parse(String what, String text, long min, long max) {
    if (NUMBER.matcher(text).matches()) {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        what + " '" + shortened(text) + "' is not a whole number within " + min + " and " + max);
  }

  private static String shortened(String text) {
    String head = text.length() <= 20 ? text : text.substring(0, 20) + "…";
    return head.replaceAll("\\p{Cntrl}", "?");
  }
}
