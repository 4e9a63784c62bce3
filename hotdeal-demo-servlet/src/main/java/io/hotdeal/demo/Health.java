package io.hotdeal.demo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether the demo can sell, and what it sells with, in a few words. */
final class Health {

  private final List<Endpoint> endpoints;
  private final Database database;
  private final RedisStore redis;

  Health(List<Endpoint> endpoints, Database database, RedisStore redis) {
    this.endpoints = endpoints;
    this.database = database;
    this.redis = redis;
  }

  /** 503 without the log, or before the deals are open. Without the counter the sale goes on. */
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
