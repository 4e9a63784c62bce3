package io.hotdeal.internal.order;

import io.hotdeal.internal.event.EventPublisher;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The publisher of the events that a deal is sold out or has units again, once per change as this
 * process sees it. Does nothing unless a user's listener is set. Thread-safe.
 */
final class SoldOutEvents {

  /** The most sold-out deals that are tracked; others cause no events. */
  private static final int MAX_DEALS = 10_000;

  private final EventPublisher events;
  private final Set<String> soldOut = ConcurrentHashMap.newKeySet();

  SoldOutEvents(EventPublisher events) {
    this.events = events;
  }

  boolean isSoldOut(String dealId) {
    return !soldOut.isEmpty() && soldOut.contains(dealId);
  }

  void soldOut(String dealId) {
    if (events.isObserved() && soldOut.size() < MAX_DEALS && soldOut.add(dealId)) {
      events.publish(listener -> listener.soldOut(dealId));
    }
  }

  /** Forgets a deal, without an event. */
  void forget(String dealId) {
    soldOut.remove(dealId);
  }

  void available(String dealId) {
    if (soldOut.remove(dealId)) {
      events.publish(listener -> listener.reopened(dealId));
    }
  }
}
