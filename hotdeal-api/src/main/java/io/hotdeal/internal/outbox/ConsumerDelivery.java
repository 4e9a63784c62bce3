package io.hotdeal.internal.outbox;

import io.hotdeal.DealEvent;
import io.hotdeal.DeliveryReport;
import io.hotdeal.EventConsumer;
import io.hotdeal.spi.Outbox;
import io.hotdeal.spi.Outbox.Reader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The delivery to one consumer: leases a deal, reads the events after the consumer's cursor, calls
 * the consumer, moves the cursor, page by page. Blocks. Thread-safe: concurrent deliveries of a
 * deal by one process are one after the other.
 */
final class ConsumerDelivery {

  private static final int PAGE = 512;

  private final Outbox outbox;
  private final Reader reader;
  private final EventConsumer consumer;

  ConsumerDelivery(Outbox outbox, Reader reader, EventConsumer consumer) {
    this.outbox = outbox;
    this.reader = reader;
    this.consumer = consumer;
  }

  String name() {
    return reader.consumer();
  }

  /** Those of the deals that have events to come. */
  List<String> pending(List<String> dealIds) {
    return outbox.pending(name(), dealIds);
  }

  /**
   * Delivers the events of a deal.
   *
   * @param maxPages the most pages, at least 1, so that a busy deal does not delay others
   */
  synchronized DeliveryReport deliver(String dealId, long maxPages) {
    long delivered = 0;
    try {
      for (long page = 1; ; page++) {
        List<DealEvent> events = outbox.next(reader, dealId, PAGE);
        boolean last = events.size() < PAGE || page == maxPages;
        if (!events.isEmpty()) {
          deliver(dealId, events, last);
        }
        delivered += events.size();
        if (last) {
          return report(dealId, delivered, null);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return report(dealId, delivered, e);
    } catch (Throwable e) { // an Error of one consumer must not end the delivery
      return report(dealId, delivered, e);
    }
  }

  /**
   * Calls the consumer and moves its cursor.
   *
   * @param last whether the lease ends with these events
   * @throws Exception from the consumer, or because another process has the lease since
   */
  private void deliver(String dealId, List<DealEvent> events, boolean last) throws Exception {
    try {
      consumer.accept(events);
    } catch (Throwable broken) {
      giveUpLease(dealId, broken);
      throw broken;
    }
    if (!outbox.acknowledge(reader, dealId, events.get(events.size() - 1).sequence(), last)) {
      throw new IllegalStateException(
          "consumer "
              + name()
              + " took longer than its lease of "
              + reader.lease()
              + " for "
              + events.size()
              + " events of deal "
              + dealId
              + ", so that another process may deliver them again: make the lease longer, or the"
              + " consumer faster");
    }
  }

  /** Another process may do better; if this fails too, it takes over after the lease. */
  private void giveUpLease(String dealId, Throwable broken) {
    try {
      boolean unused = outbox.acknowledge(reader, dealId, 0, true);
    } catch (RuntimeException e) {
      broken.addSuppressed(e);
    }
  }

  private DeliveryReport report(String dealId, long delivered, @Nullable Throwable failure) {
    return new DeliveryReport(name(), dealId, delivered, failure);
  }
}
