package io.hotdeal.demo;

import io.hotdeal.Resolver;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The deals that a HotDeal's resolver sweeps every 10 s, and when its last round began. Starts the
 * resolver with the first deal. Thread-safe.
 */
final class Sweeps {

  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final Resolver resolver;
  private final Set<String> dealIds = ConcurrentHashMap.newKeySet();
  private boolean started;
  private volatile Optional<Long> roundBegan = Optional.empty();

  Sweeps(Resolver resolver) {
    this.resolver = resolver;
  }

  synchronized void add(String dealId) {
    dealIds.add(dealId);
    if (!started) {
      resolver.start(PERIOD, this::next);
      started = true;
    }
  }

  void remove(String dealId) {
    dealIds.remove(dealId);
  }

  /** The time since the last round began; empty before the first. */
  Optional<Duration> age() {
    return roundBegan.map(began -> Duration.ofNanos(System.nanoTime() - began));
  }

  private Collection<String> next() {
    roundBegan = Optional.of(System.nanoTime());
    return List.copyOf(dealIds);
  }
}
