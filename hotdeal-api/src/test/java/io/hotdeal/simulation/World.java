package io.hotdeal.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Virtual time and its scheduled events, which run one after the other. */
final class World {

  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
  private static final long STEP_NANOS = 1_000;

  /** An event that runs at its time or later, unless its process dies before. */
  static final class Event {
    final Jvm process;
    final Runnable action;
    private final long dueNanos;
    boolean cancelled;

    Event(Jvm process, Runnable action, long dueNanos) {
      this.process = process;
      this.action = action;
      this.dueNanos = dueNanos;
    }

    long dueNanos() {
      return Math.max(dueNanos, process.frozenUntil());
    }

    boolean isVoid() {
      return cancelled || !process.isAlive();
    }
  }

  final Choices choices;
  private final boolean anyOrder;
  private final List<Event> events = new ArrayList<>();
  private final List<String> trace;
  private long nanos;

  /**
   * Creates a world without events.
   *
   * @param anyOrder whether events that are due run in any order, or in the order in which they
   *     were added
   * @param trace the list to which events are written as text, or null
   */
  World(Choices choices, boolean anyOrder, List<String> trace) {
    this.choices = choices;
    this.anyOrder = anyOrder;
    this.trace = trace;
  }

  long nanos() {
    return nanos;
  }

  Instant now() {
    return EPOCH.plusNanos(nanos);
  }

  Event at(Jvm process, long delayNanos, Runnable action) {
    Event event = new Event(process, action, nanos + delayNanos);
    events.add(event);
    return event;
  }

  boolean isTraced() {
    return trace != null;
  }

  void tell(String what) {
    if (trace != null) {
      trace.add(String.format("%9.3f ms  %s", nanos / 1e6, what));
    }
  }

  void pass(long moreNanos) {
    nanos += moreNanos;
  }

  /**
   * Runs all events, including new ones; returns false if some are left after {@code mostEvents}.
   */
  boolean run(int mostEvents) {
    for (int i = 0; i < mostEvents; i++) {
      events.removeIf(Event::isVoid);
      if (events.isEmpty()) {
        return true;
      }
      Event next = take();
      nanos = Math.max(nanos, next.dueNanos()) + STEP_NANOS;
      next.action.run();
    }
    return events.isEmpty();
  }

  private Event take() {
    long first = Long.MAX_VALUE;
    for (Event event : events) {
      first = Math.min(first, event.dueNanos());
    }
    long due = Math.max(nanos, first);
    int ready = 0;
    for (Event event : events) {
      if (event.dueNanos() <= due) {
        ready++;
      }
    }
    int pick = anyOrder ? choices.of(ready) : 0;
    for (int i = 0; ; i++) {
      if (events.get(i).dueNanos() <= due && pick-- == 0) {
        return events.remove(i);
      }
    }
  }
}
