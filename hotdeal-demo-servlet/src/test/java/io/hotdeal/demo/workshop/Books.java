package io.hotdeal.demo.workshop;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What /status says of one endpoint.
 *
 * @param leftInCounter null where no counter is in front
 */
record Books(long paidRows, long reservedRows, long leftInLog, @Nullable Long leftInCounter) {

  /**
   * Picks an endpoint out of the JSON that StatusServlet writes: flat objects, known keys.
   *
   * @throws IllegalStateException if it is not there, or a store did not answer
   */
  static Books of(String path, String json) {
    Matcher object =
        Pattern.compile("\\{[^{}]*\"path\":\"" + Pattern.quote(path) + "\"[^{}]*}").matcher(json);
    if (!object.find()) {
      throw new IllegalStateException("/status does not know " + path + ": " + json);
    }
    String books = object.group();
    return new Books(
        required(books, "paidRows"),
        required(books, "reservedRows"),
        required(books, "leftInLog"),
        number(books, "leftInCounter"));
  }

  private static long required(String books, String key) {
    Long number = number(books, key);
    if (number == null) {
      throw new IllegalStateException("/status has no " + key + " in " + books);
    }
    return number;
  }

  private static @Nullable Long number(String books, String key) {
    Matcher value = Pattern.compile("\"" + key + "\":(-?\\d+)").matcher(books);
    return value.find() ? Long.valueOf(value.group(1)) : null;
  }
}
