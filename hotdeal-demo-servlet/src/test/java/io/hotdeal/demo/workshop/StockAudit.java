package io.hotdeal.demo.workshop;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one endpoint in /status.
 *
 * @param leftInCounter null for an endpoint without a counter
 */
record StockAudit(long paidRows, long leftInLog, @Nullable Long leftInCounter) {

  /**
   * Reads the figures of an endpoint from the output of StatusServlet.
   *
   * @throws IllegalStateException if it is not there, or a store did not answer
   */
  static StockAudit of(String path, Map<String, Object> status) {
    for (Object each : (List<?>) status.get("endpoints")) {
      Map<?, ?> audit = (Map<?, ?>) each;
      if (path.equals(audit.get("path"))) {
        return new StockAudit(
            required(audit, "paidRows"),
            required(audit, "leftInLog"),
            number(audit, "leftInCounter"));
      }
    }
    throw new IllegalStateException("/status does not know " + path + ": " + status);
  }

  private static long required(Map<?, ?> audit, String key) {
    Long number = number(audit, key);
    if (number == null) {
      throw new IllegalStateException("/status has no " + key + " in " + audit);
    }
    return number;
  }

  private static @Nullable Long number(Map<?, ?> audit, String key) {
    return audit.get(key) instanceof Number number ? number.longValue() : null;
  }
}
