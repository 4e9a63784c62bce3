package io.hotdeal.jmh;

import io.hotdeal.jmh.load.Bound;
import io.hotdeal.jmh.load.Metric;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of what is compared, and of the bound of the medians. */
final class MetricOptions {

  @Option(
      names = "--metric",
      defaultValue = "PER_SECOND",
      description =
          "what is compared: ${COMPLETION-CANDIDATES}; those from STORE_CALLS on are counts without"
              + " a baseline; default PER_SECOND")
  Metric metric = Metric.PER_SECOND;

  @ArgGroup @Nullable BoundOptions bound;

  /** The bound of the medians. */
  static final class BoundOptions {

    @Option(names = "--at-least", description = "the least allowed median; below it, exit code 3")
    @Nullable Double atLeast;

    @Option(names = "--at-most", description = "the greatest allowed median; above it, exit code 3")
    @Nullable Double atMost;

    Bound toBound() {
      return atLeast != null
          ? Bound.atLeast(atLeast)
          : Bound.atMost(Objects.requireNonNull(atMost));
    }
  }

  @Nullable Bound toBound() {
    return bound == null ? null : bound.toBound();
  }
}
