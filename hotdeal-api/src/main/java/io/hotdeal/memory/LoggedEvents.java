package io.hotdeal.memory;

import io.hotdeal.Deal;
import io.hotdeal.DealEvent;
import io.hotdeal.DealEvent.Kind;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Outbox.Lag;
import io.hotdeal.spi.Outbox.Reader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The events of one deal, and the cursors of their consumers. Guarded by the log's lock. */
final class LoggedEvents {

  /** The place of a consumer, and the process that delivers to it. */
  private static final class Cursor {
    long sequence;
    @Nullable String owner;
    Instant leasedUntil = Instant.MIN;

    Cursor(long sequence) {
      this.sequence = sequence;
    }

    boolean isFreeFor(String reader, Instant now) {
      return owner == null || owner.equals(reader) || !leasedUntil.isAfter(now);
    }
  }

  private final Deal deal;
  private final InstantSource clock;
  private final NavigableMap<Long, DealEvent> kept = new TreeMap<>();
  private final Map<String, Cursor> cursors = new HashMap<>();
  private long last;

  LoggedEvents(Deal deal, InstantSource clock) {
    this.deal = deal;
    this.clock = clock;
  }

  /** Adds the event of a row that has a new state, if it is one. */
  void addFor(OrderRecord row, OrderState before) {
    switch (row.state()) {
      case PAID -> add(Kind.SOLD, row.order(), row.paymentId());
      case EXPIRED -> add(Kind.EXPIRED, row.order(), null);
      case CANCELLED -> {
        if (before != OrderState.ABSENT) { // no tombstone
          add(Kind.CANCELLED, row.order(), row.paymentId());
        }
      }
      case RETURNING, RETURNED -> {
        if (!before.isReturn()) {
          add(Kind.RETURNED, row.order(), row.paymentId());
        }
      }
      case RESERVED, HELD, ABSENT -> {}
    }
  }

  void add(Kind kind, @Nullable Order order, @Nullable String paymentId) {
    if (deal.events()) {
      last++;
      kept.put(last, new DealEvent(deal.id(), last, kind, order, paymentId, clock.instant()));
    }
  }

  void register(String consumer) {
    cursors.putIfAbsent(consumer, new Cursor(kept.isEmpty() ? last : kept.firstKey() - 1));
  }

  void unregister(String consumer) {
    cursors.remove(consumer);
    removeTaken();
  }

  boolean isPending(String consumer) {
    return cursor(consumer).filter(it -> it.sequence < last).isPresent();
  }

  List<DealEvent> next(Reader reader, int limit) {
    Cursor cursor = cursors.get(reader.consumer());
    Instant now = clock.instant();
    if (cursor == null || !cursor.isFreeFor(reader.owner(), now)) {
      return List.of();
    }
    List<DealEvent> events = after(cursor).values().stream().limit(limit).toList();
    cursor.owner = events.isEmpty() ? null : reader.owner();
    cursor.leasedUntil = now.plus(reader.lease());
    return events;
  }

  private NavigableMap<Long, DealEvent> after(Cursor cursor) {
    return kept.tailMap(cursor.sequence, false);
  }

  boolean acknowledge(Reader reader, long sequence, boolean isLast) {
    Cursor cursor = cursors.get(reader.consumer());
    if (cursor == null || !reader.owner().equals(cursor.owner)) {
      return false;
    }
    cursor.sequence = Math.max(cursor.sequence, sequence);
    if (isLast) {
      cursor.owner = null;
    }
    removeTaken();
    return true;
  }

  private void removeTaken() {
    long taken = cursors.values().stream().mapToLong(it -> it.sequence).min().orElse(0);
    kept.headMap(taken, true).clear();
  }

  Optional<Lag> lag(String consumer) {
    return cursor(consumer)
        .map(it -> new Lag(last - it.sequence, after(it).values().stream().findFirst()));
  }

  private Optional<Cursor> cursor(String consumer) {
    return Optional.ofNullable(cursors.get(consumer));
  }

  void purge() {
    cursors.forEach(
        (consumer, cursor) -> {
          if (cursor.sequence < last) {
            throw new NothingHappenedException(
                "deal "
                    + deal.id()
                    + " was not purged: consumer "
                    + consumer
                    + " has "
                    + (last - cursor.sequence)
                    + " events to come, the limit is 0");
          }
        });
    kept.clear();
  }
}
