package io.hotdeal.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.HotDealListener;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Frequent events are created")
class EventPublisherTest {

  @Test
  @DisplayName("only if there is a listener besides the one that logs")
  void observed() {
    assertThat(EventPublisher.NONE.isObserved()).isFalse();
    assertThat(EventPublisher.of(List.of()).isObserved()).isFalse();
    assertThat(EventPublisher.of(List.of(new HotDealListener() {})).isObserved()).isTrue();
  }
}
