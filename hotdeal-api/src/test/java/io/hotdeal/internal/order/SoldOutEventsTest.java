package io.hotdeal.internal.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.HotDealListener;
import io.hotdeal.internal.event.EventPublisher;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The events of a sold-out deal")
class SoldOutEventsTest {

  private final List<String> heard = new ArrayList<>();
  private final SoldOutEvents events =
      new SoldOutEvents(
          EventPublisher.of(
              List.of(
                  new HotDealListener() {
                    @Override
                    public void soldOut(String dealId) {
                      heard.add(dealId);
                    }

                    @Override
                    public void reopened(String dealId) {
                      heard.add("reopened " + dealId);
                    }
                  })));

  @Test
  @DisplayName("are published once per change")
  void changes() {
    events.available("deal");
    events.soldOut("deal");
    events.soldOut("deal");
    assertThat(events.isSoldOut("deal")).isTrue();
    events.available("deal");
    assertThat(events.isSoldOut("deal")).isFalse();
    assertThat(heard).containsExactly("deal", "reopened deal");
  }

  @Test
  @DisplayName("are published for at most 10,000 sold-out deals, until one of them has units again")
  void bounded() {
    for (int i = 0; i <= 10_000; i++) {
      events.soldOut("deal-" + i);
    }
    assertThat(heard).hasSize(10_000);
    events.available("deal-0");
    events.soldOut("deal-10000");
    assertThat(heard).endsWith("reopened deal-0", "deal-10000");
  }

  @Test
  @DisplayName("start again for a deal that was purged, without a reopened event")
  void purged() {
    events.soldOut("deal");
    events.forget("deal");
    events.available("deal");
    events.soldOut("deal");
    assertThat(heard).containsExactly("deal", "deal");
  }
}
