package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Orders and deals are checked when they are made:")
class RecordsTest {

  @ParameterizedTest
  @DisplayName("ids outside the rule, by name and value")
  @ValueSource(strings = {"", "a b", "a}b", "{a}", "é", "a/b", "a\nb", "'; DROP", "a:b"})
  void badIds(String id) {
    for (var attempt :
        new Runnable[] {
          () -> Order.of(id, "deal", "buyer", 1),
          () -> Order.of("order", id, "buyer", 1),
          () -> Order.of("order", "deal", id, 1),
          () -> Deal.of(id, 1)
        }) {
      assertThatThrownBy(attempt::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("id '")
          .hasMessageContaining("[A-Za-z0-9._-]{1,64}")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  @DisplayName("an id of 64 characters passes, one of 65 does not and is not repeated whole")
  void longIds() {
    assertThatCode(() -> Order.of("x".repeat(64), "deal", "buyer", 1)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Order.of("x".repeat(10_000), "deal", "buyer", 1))
        .message()
        .hasSizeLessThan(200);
  }

  @ParameterizedTest
  @DisplayName("quantities outside 1 and a thousand million, by value and limit")
  @ValueSource(longs = {0, -1, 1_000_000_001, Long.MAX_VALUE, Long.MIN_VALUE})
  void badQuantities(long quantity) {
    assertThatThrownBy(() -> Order.of("order", "deal", "buyer", quantity))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Long.toString(quantity))
        .hasMessageContaining("1000000000");
    assertThatThrownBy(() -> Deal.of("deal", quantity))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Long.toString(quantity));
  }

  @Test
  @DisplayName("a limit, a window and a hold that make no sense")
  void badTerms() {
    Deal deal = Deal.of("deal", 1);
    assertThatThrownBy(() -> deal.withLimitPerBuyer(-1)).hasMessageContaining("-1");
    Instant now = Instant.now();
    assertThatThrownBy(() -> deal.withWindow(now, now)).hasMessageContaining("in order");
    assertThatThrownBy(() -> deal.withWindow(Instant.MIN, now)).hasMessageContaining("within");
    assertThatThrownBy(() -> deal.withHold(Duration.ZERO)).hasMessageContaining("PT0S");
    assertThatThrownBy(() -> deal.withHold(Duration.ofDays(2))).hasMessageContaining("PT48H");
  }

  @Test
  @DisplayName("times are kept to the millisecond, so that every store keeps the same")
  void milliseconds() {
    Deal deal = Deal.of("deal", 1).withWindow(Instant.ofEpochSecond(1, 999_999), Deal.NEVER);
    assertThat(deal.opens()).isEqualTo(Instant.ofEpochSecond(1));
  }

  @Test
  @DisplayName("the attempt is no part of an order's content")
  void content() {
    Order order = Order.of("order", "deal", "buyer", 1);
    assertThat(order.sameContentAs(order.asFirstAttempt())).isTrue();
    assertThat(order.sameContentAs(Order.of("order", "deal", "buyer", 2))).isFalse();
    assertThat(order.asFirstAttempt().asPossibleRetry()).isEqualTo(order);
  }
}
