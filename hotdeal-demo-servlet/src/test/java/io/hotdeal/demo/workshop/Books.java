package io.hotdeal.demo.workshop;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What /status says of one endpoint.
 *
 * @param leftInCounter null where no counter is in front
 */
record Books(long paidRows, long leftInLog, @Nullable Long leftInCounter) {

  /**
   * Picks an endpoint out of what StatusServlet writes.
   *
   * @throws IllegalStateException if it is not there, or a store did not answer
   */
  static Books of(String path, Map<String, Object> status) {
    for (Object each : (List<?>) status.get("endpoints")) {
      Map<?, ?> books = (Map<?, ?>) each;
      if (path.equals(books.get("path"))) {
        return new Books(
            required(books, "paidRows"),
            required(books, "leftInLog"),
            number(books, "leftInCounter"));
      }
    }
    throw new IllegalStateException("/status does not know " + path + ": " + status);
  }

  private static long required(Map<?, ?> books, String key) {
    Long number = number(books, key);
    if (number == null) {
      throw new IllegalStateException("/status has no " + key + " in " + books);
    }
    return number;
  }

  private static @Nullable Long number(Map<?, ?> books, String key) {
    return books.get(key) instanceof Number number ? number.longValue() : null;
  }
}
