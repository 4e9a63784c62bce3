package io.hotdeal.contract;

import static io.hotdeal.contract.DealUnderTest.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.DealEvent;
import io.hotdeal.spi.Outbox;
import io.hotdeal.spi.Outbox.Reader;
import java.util.List;

/** The events of one deal, as the consumer "shop" reads them: their sequence must have no gap. */
final class EventsUnderTest {

  private static final Reader SHOP = new Reader("shop", "one", LONG);

  private final DealUnderTest deal;
  private long lastSequence;

  EventsUnderTest(DealUnderTest deal) {
    this.deal = deal;
  }

  /** Registers the consumer. */
  EventsUnderTest registered() {
    outbox().register(List.of("shop"), deal.id());
    return this;
  }

  /** The events since the last call, acknowledged. */
  List<DealEvent> next() {
    List<DealEvent> events = outbox().next(SHOP, deal.id(), 1000);
    for (DealEvent event : events) {
      lastSequence++;
      assertThat(event.dealId()).isEqualTo(deal.id());
      assertThat(event.sequence()).isEqualTo(lastSequence);
    }
    if (!events.isEmpty()) {
      assertThat(outbox().acknowledge(SHOP, deal.id(), lastSequence, true)).isTrue();
    }
    return events;
  }

  /** The same as words, such as "SOLD order-1 payment-1". */
  List<String> news() {
    return next().stream()
        .map(
            it ->
                it.kind()
                    + (it.order() == null ? "" : " " + it.order().id())
                    + (it.paymentId() == null ? "" : " " + it.paymentId()))
        .toList();
  }

  /** A new one each time: what it wrote is in the log. */
  private Outbox outbox() {
    return deal.log().outbox();
  }
}
