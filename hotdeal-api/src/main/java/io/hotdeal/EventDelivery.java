package io.hotdeal;

import io.hotdeal.internal.outbox.OutboxDelivery;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * The delivery of the events of deals to the consumers of a {@link HotDeal}, see {@link
 * HotDealBuilder#consumer}.
 *
 * <p>It runs once ({@link #deliver}) or on a schedule ({@link #start}, {@link #stop}), on a thread
 * for each consumer, so that a slow one delays no other. Any number of processes may deliver to the
 * same consumer: a lease in the log gives each deal to one of them at a time, and another takes
 * over after the lease, from the first event that was not taken. It stops when its HotDeal is
 * closed. Thread-safe.
 */
public final class EventDelivery {

  private final OutboxDelivery delivery;

  EventDelivery(OutboxDelivery delivery) {
    this.delivery = delivery;
  }

  /**
   * Delivers the events of a deal to all consumers of this HotDeal, in the calling thread, until
   * there are no more. Blocks.
   *
   * @return a report for each consumer; a failure is in its report
   */
  public List<DeliveryReport> deliver(String dealId) {
    return delivery.deliver(Ids.check("deal id", dealId));
  }

  /**
   * Delivers the events of every deal that its {@link HotDeal} opened, or has given a sale back of,
   * and did not purge since, now and then periodically until {@link #stop}.
   *
   * @param period from the end of one round to the start of the next, 1 ms to a day: at most so
   *     much later an event is delivered
   * @throws IllegalArgumentException if the period is out of range
   * @throws IllegalStateException if it is started already, or the HotDeal has no consumer
   */
  public void start(Duration period) {
    delivery.start(checked(period));
  }

  /**
   * Delivers the events of these deals, now and then periodically until {@link #stop}.
   *
   * @param dealIds supplies the deals before each round
   * @throws IllegalArgumentException if the period is out of range
   * @throws IllegalStateException if it is started already, or the HotDeal has no consumer
   */
  public void start(Duration period, Supplier<? extends Collection<String>> dealIds) {
    delivery.start(checked(period), dealIds);
  }

  private static Duration checked(Duration period) {
    return Ranges.check("period", period, Duration.ofMillis(1), Duration.ofDays(1));
  }

  /** Ends the schedule, if it is started; does not interrupt a consumer. */
  public void stop() {
    delivery.stop();
  }

  /**
   * How far behind each registered consumer of this HotDeal is in a deal. Reads the log, blocks.
   *
   * @throws HotDealException if the log is unavailable
   */
  public List<EventLag> lag(String dealId) {
    return delivery.lag(Ids.check("deal id", dealId));
  }

  /**
   * Removes a consumer that no longer exists from a deal, so that its events are not kept for it.
   *
   * @throws HotDealException if the log is unavailable
   */
  public void unregister(String consumer, String dealId) {
    delivery.unregister(Ids.check("consumer", consumer), Ids.check("deal id", dealId));
  }
}
