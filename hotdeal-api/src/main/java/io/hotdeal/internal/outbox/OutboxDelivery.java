package io.hotdeal.internal.outbox;

import io.hotdeal.DeliveryReport;
import io.hotdeal.EventConsumer;
import io.hotdeal.EventLag;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.spi.Outbox;
import io.hotdeal.spi.Outbox.Lag;
import io.hotdeal.spi.Outbox.Reader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** The deliveries of one HotDeal to its consumers, once or on a schedule. Thread-safe. */
public final class OutboxDelivery {

  /**
   * The consumers of a HotDeal.
   *
   * @param lease how long a process alone may deliver a deal's events to a consumer, from each page
   */
  public record Consumers(Map<String, EventConsumer> byName, Duration lease) {}

  private final Outbox outbox;
  private final List<ConsumerDelivery> deliveries;
  private final Supplier<? extends Collection<String>> lookedAfter;
  private final EventPublisher events;
  private final List<DeliveryLoop> running = new ArrayList<>();

  /** Those of earlier schedules, whose consumers may still be called. */
  private final List<DeliveryLoop> stopped = new ArrayList<>();

  public OutboxDelivery(
      Outbox outbox,
      Consumers consumers,
      Supplier<? extends Collection<String>> lookedAfter,
      EventPublisher events) {
    this.outbox = outbox;
    this.lookedAfter = lookedAfter;
    this.events = events;
    String owner = UUID.randomUUID().toString();
    this.deliveries =
        consumers.byName().entrySet().stream()
            .map(
                it ->
                    new ConsumerDelivery(
                        outbox, new Reader(it.getKey(), owner, consumers.lease()), it.getValue()))
            .toList();
  }

  /** Delivers the events of a deal to all consumers, one after the other. Blocks. */
  public List<DeliveryReport> deliver(String dealId) {
    return deliveries.stream()
        .map(
            it -> {
              DeliveryReport report = it.deliver(dealId, Long.MAX_VALUE);
              events.publish(listener -> listener.eventsDelivered(report));
              return report;
            })
        .toList();
  }

  /**
   * Delivers the events of the deals that this instance looks after, in rounds, until {@link
   * #stop}.
   */
  public void start(Duration period) {
    start(period, lookedAfter);
  }

  /**
   * Delivers the events of these deals, in rounds, until {@link #stop}.
   *
   * @throws IllegalStateException if it is started already, or there is no consumer
   */
  public synchronized void start(Duration period, Supplier<? extends Collection<String>> dealIds) {
    if (!running.isEmpty()) {
      throw new IllegalStateException("the delivery of events is started already");
    }
    if (deliveries.isEmpty()) {
      throw new IllegalStateException(
          "there is no consumer of events: HotDeal.builder().consumer(…)");
    }
    for (ConsumerDelivery delivery : deliveries) {
      DeliveryLoop loop = new DeliveryLoop(delivery, period, dealIds, events);
      running.add(loop);
      loop.start();
    }
  }

  /** Ends the schedule; does not interrupt a consumer. */
  public synchronized void stop() {
    running.forEach(DeliveryLoop::stop);
    stopped.removeIf(DeliveryLoop::hasEnded);
    stopped.addAll(running);
    running.clear();
  }

  /**
   * Ends the schedule, and waits for the consumers under way.
   *
   * @param end when to stop waiting, as {@link System#nanoTime}; consumers are interrupted then
   */
  public void close(long end) {
    List<DeliveryLoop> ending;
    synchronized (this) {
      stop();
      ending = List.copyOf(stopped);
    }
    ending.forEach(loop -> loop.await(end));
  }

  /** How far behind each registered consumer is. Blocks. */
  public List<EventLag> lag(String dealId) {
    return deliveries.stream()
        .map(ConsumerDelivery::name)
        .flatMap(name -> outbox.lag(name, dealId).map(lag -> lag(name, dealId, lag)).stream())
        .toList();
  }

  private static EventLag lag(String consumer, String dealId, Lag lag) {
    return new EventLag(consumer, dealId, lag.events(), lag.oldest().orElse(null));
  }

  /** Removes a consumer from a deal. Blocks. */
  public void unregister(String consumer, String dealId) {
    outbox.unregister(consumer, dealId);
  }
}
