package io.hotdeal.spi;

import io.hotdeal.HotDealException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a call of several deals for some of them, or for all: the orders of the other
 * deals have results. Never thrown by a call of one deal.
 */
public final class PartialFailureException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<@Nullable Object> results;
  private final transient Map<String, HotDealException> failures;

  /**
   * Creates the failure.
   *
   * @param results the call's results, position by position; null where its deal failed
   * @param failures why, by deal id; at least one
   */
  public PartialFailureException(List<?> results, Map<String, HotDealException> failures) {
    super("failed for " + failures, failures.values().iterator().next());
    this.results = Collections.unmodifiableList(new ArrayList<@Nullable Object>(results));
    this.failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
  }

  /** The call's results, of its type, position by position; null where {@link #failures} tells. */
  public List<@Nullable Object> results() {
    return results;
  }

  /** The failures by deal id. */
  public Map<String, HotDealException> failures() {
    return failures;
  }
}
