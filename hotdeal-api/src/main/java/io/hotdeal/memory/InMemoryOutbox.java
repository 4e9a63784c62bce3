package io.hotdeal.memory;

import io.hotdeal.DealEvent;
import io.hotdeal.Ids;
import io.hotdeal.spi.Outbox;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The outbox of the in-memory log, under its lock. */
final class InMemoryOutbox implements Outbox {

  private final InMemoryOrderLog log;

  InMemoryOutbox(InMemoryOrderLog log) {
    this.log = log;
  }

  @Override
  public void register(Collection<String> consumers, String dealId) {
    consumers.forEach(consumer -> Ids.check("consumer", consumer));
    synchronized (log) {
      events(dealId).ifPresent(it -> consumers.forEach(it::register));
    }
  }

  @Override
  public void unregister(String consumer, String dealId) {
    synchronized (log) {
      events(dealId).ifPresent(it -> it.unregister(consumer));
    }
  }

  @Override
  public List<String> pending(String consumer, List<String> dealIds) {
    synchronized (log) {
      return dealIds.stream()
          .filter(id -> events(id).filter(it -> it.isPending(consumer)).isPresent())
          .toList();
    }
  }

  @Override
  public List<DealEvent> next(Reader reader, String dealId, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is not at least 1");
    }
    synchronized (log) {
      return events(dealId).map(it -> it.next(reader, limit)).orElse(List.of());
    }
  }

  @Override
  public boolean acknowledge(Reader reader, String dealId, long sequence, boolean last) {
    synchronized (log) {
      return events(dealId).filter(it -> it.acknowledge(reader, sequence, last)).isPresent();
    }
  }

  @Override
  public Optional<Lag> lag(String consumer, String dealId) {
    synchronized (log) {
      return events(dealId).flatMap(it -> it.lag(consumer));
    }
  }

  private Optional<LoggedEvents> events(String dealId) {
    return log.known(dealId).map(deal -> deal.events);
  }
}
