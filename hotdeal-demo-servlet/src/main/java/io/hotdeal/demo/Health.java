package io.hotdeal.demo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The health of the demo: whether it can sell, and which stores answer. */
final class Health {

  private final List<Endpoint> endpoints;
  private final Database database;
  private final RedisStore redis;

  Health(List<Endpoint> endpoints, Database database, RedisStore redis) {
    this.endpoints = endpoints;
    this.database = database;
    this.redis = redis;
  }

  /** 200, or 503 if the log does not answer or a deal is not open; the counter is optional. */
  Reply check() {
    boolean log = database.answers();
    boolean open = endpoints.stream().allMatch(it -> it.current() != null);
    String text =
        "log %s, counter %s, deals %s, last sweep %s"
            .formatted(
                log ? "up" : "down",
                redis.answers() ? "up" : "down",
                open ? "open" : "not open",
                oldestSweep().map(it -> it.toSeconds() + " s ago").orElse("never"));
    return new Reply(log && open ? 200 : 503, text);
  }

  private Optional<Duration> oldestSweep() {
    return endpoints.stream()
        .flatMap(it -> it.seller().sweepAge().stream())
        .max(Duration::compareTo);
  }
}
