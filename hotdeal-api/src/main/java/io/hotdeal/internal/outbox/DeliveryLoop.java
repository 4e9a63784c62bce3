package io.hotdeal.internal.outbox;

import io.hotdeal.DeliveryReport;
import io.hotdeal.internal.event.EventPublisher;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The thread that delivers to one consumer, round after round, each over all deals. */
final class DeliveryLoop {

  private static final int MAX_PAGES_PER_DEAL = 16;

  private final ConsumerDelivery delivery;
  private final Duration period;
  private final Supplier<? extends Collection<String>> dealIds;
  private final EventPublisher events;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;

  DeliveryLoop(
      ConsumerDelivery delivery,
      Duration period,
      Supplier<? extends Collection<String>> dealIds,
      EventPublisher events) {
    this.delivery = delivery;
    this.period = period;
    this.dealIds = dealIds;
    this.events = events;
    this.thread = new Thread(this::run, "hotdeal-events-" + delivery.name());
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  void stop() {
    stopped.countDown();
  }

  /** Whether the thread has ended, and calls the consumer no more. */
  boolean hasEnded() {
    return !thread.isAlive();
  }

  /** Waits for the consumer under way; interrupts it at the end of the time. */
  void await(long end) {
    try {
      TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, end - System.nanoTime()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }

  private void run() {
    try {
      do {
        while (round()) {
          // the next round follows at once
        }
      } while (!stopped.await(period.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException closed) {
      // the thread ends
    }
  }

  /** Whether there may be more events at once: some were delivered. */
  private boolean round() {
    boolean some = false;
    for (String dealId : pending()) {
      if (isStopped()) {
        break;
      }
      DeliveryReport report = delivery.deliver(dealId, MAX_PAGES_PER_DEAL);
      events.publish(listener -> listener.eventsDelivered(report));
      some |= report.delivered() > 0 && report.failure() == null;
    }
    return some && !isStopped();
  }

  private List<String> pending() {
    try {
      return delivery.pending(List.copyOf(dealIds.get()));
    } catch (RuntimeException e) {
      DeliveryReport failed = new DeliveryReport(delivery.name(), "", 0, e);
      events.publish(listener -> listener.eventsDelivered(failed));
      return List.of();
    }
  }

  private boolean isStopped() {
    return stopped.getCount() == 0 || Thread.currentThread().isInterrupted();
  }
}
