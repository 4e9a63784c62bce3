package io.hotdeal.spi;

import io.hotdeal.DealEvent;
import io.hotdeal.HotDealException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The events of deals, written by the {@link OrderLog} in the transactions that make them happen,
 * and their delivery to named consumers (the transactional outbox pattern).
 *
 * <p>Events of a deal are numbered without a gap, in the order of their commits, so that a consumer
 * that reads on from its cursor misses none. Of one transaction, the events of its orders come
 * first, then SOLD_OUT or REOPENED if it took the last unit or gave back the first. Each consumer
 * has a cursor of its own in each deal. Only a deal that was opened with {@link
 * io.hotdeal.Deal#events} has events.
 *
 * <p>An event is removed once every registered consumer of its deal has acknowledged it; so while
 * no consumer is registered, all are kept. What a method wrote is durable when it returns. Methods
 * block, fail with a {@link HotDealException}, and may be repeated. Implementations are
 * thread-safe.
 */
public interface Outbox {

  /**
   * One process, or one part of it, that delivers to a consumer.
   *
   * @param consumer the consumer's name, see {@link io.hotdeal.Ids}
   * @param owner identifies the process among all that deliver to this consumer
   * @param lease how long it alone may deliver a deal's events, from its last {@link #next}, by the
   *     log's clock
   */
  record Reader(String consumer, String owner, Duration lease) {}

  /**
   * How far behind a consumer is in a deal.
   *
   * @param events how many events it has not acknowledged
   * @param oldest the first of them, if there is one
   */
  record Lag(long events, Optional<DealEvent> oldest) {}

  /**
   * Registers consumers for a deal, all or none, unless they are: the cursor of each is before the
   * oldest event that is kept. Nothing happens for a deal that was never opened.
   */
  void register(Collection<String> consumers, String dealId);

  /**
   * Removes a consumer's cursor in a deal, and its lease, and the events that only it had not
   * acknowledged.
   */
  void unregister(String consumer, String dealId);

  /**
   * Returns those of the deals in which the consumer is registered and has events to come. Cheap:
   * for polling.
   */
  List<String> pending(String consumer, List<String> dealIds);

  /**
   * Leases a deal's delivery to the reader, or renews its lease, and reads the events after the
   * consumer's cursor. Where there are none, the lease ends.
   *
   * @param limit the most events to return, at least 1
   * @return the events by sequence; empty if there are none, if another reader has the lease, or if
   *     the consumer is not registered
   */
  List<DealEvent> next(Reader reader, String dealId, int limit);

  /**
   * Moves the consumer's cursor to a sequence that {@link #next} returned, if no other reader has
   * had the lease since, and the cursor is not there or beyond. Ends the lease if {@code last}.
   * Removes events that all consumers have acknowledged.
   *
   * @return whether the reader was the last to have the lease, and did not end it; otherwise
   *     nothing is changed, and another reader delivers these events again
   */
  boolean acknowledge(Reader reader, String dealId, long sequence, boolean last);

  /** How far behind the consumer is; empty if it is not registered for the deal. */
  Optional<Lag> lag(String consumer, String dealId);
}
