package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.spi.OrderReturn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Validation of orders and deals:")
class RecordsTest {

  @ParameterizedTest
  @DisplayName("an invalid id is refused, with the allowed pattern in the message:")
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
  @DisplayName(
      "an id of 64 characters is accepted; one of 10,000 is refused and shortened in the message")
  void longIds() {
    assertThatCode(() -> Order.of("x".repeat(64), "deal", "buyer", 1)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Order.of("x".repeat(10_000), "deal", "buyer", 1))
        .message()
        .hasSizeLessThan(200);
  }

  @ParameterizedTest
  @DisplayName("a quantity outside 1 to 1,000,000,000 is refused, with its value in the message:")
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
  @DisplayName("an invalid limit, window or hold is refused, with the reason in the message")
  void badTerms() {
    Deal deal = Deal.of("deal", 1);
    assertThatThrownBy(() -> deal.withLimitPerBuyer(-1)).hasMessageContaining("-1");
    Instant now = Instant.now();
    assertThatThrownBy(() -> deal.withWindow(now, now)).hasMessageContaining("in order");
    assertThatThrownBy(() -> deal.withWindow(Instant.MIN, now)).hasMessageContaining("within");
    assertThatThrownBy(() -> deal.withHold(Duration.ZERO)).hasMessageContaining("PT0S");
    assertThatThrownBy(() -> deal.withHold(Duration.ofDays(2))).hasMessageContaining("PT48H");
    assertThatThrownBy(() -> deal.withLongestHold(Duration.ZERO)).hasMessageContaining("PT0S");
    assertThatThrownBy(() -> deal.withLongestHold(Duration.ofDays(31)))
        .hasMessageContainingAll("longest hold of deal deal", "PT744H", "PT720H");
  }

  @Test
  @DisplayName("a time to pay that is not within 1 ms and 30 days is refused; zero is none")
  void badTimeToPay() {
    Order order = Order.of("order", "deal", "buyer", 1);
    for (Duration wrong :
        List.of(Duration.ofNanos(1), Duration.ofMillis(-1), Duration.ofDays(31))) {
      assertThatThrownBy(() -> order.withPayWithin(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("payWithin of order order", "PT720H");
    }
    assertThat(order.withPayWithin(Duration.ofDays(30)).isHold()).isTrue();
    assertThat(order.withPayWithin(Duration.ZERO)).isEqualTo(order);
  }

  @Test
  @DisplayName("deals are the same for a counter if they differ in what only the log knows")
  void sameForCounter() {
    Deal deal = Deal.of("deal", 1);
    assertThat(deal.sameForCounter(deal.withLongestHold(Duration.ofDays(1)).withEvents())).isTrue();
    for (Deal other :
        List.of(
            Deal.of("deal", 2),
            deal.withLimitPerBuyer(1),
            deal.withWindow(Deal.ALWAYS, Instant.now()),
            deal.withHold(Duration.ofHours(1)))) {
      assertThat(deal.sameForCounter(other)).as("%s", other).isFalse();
    }
  }

  @Test
  @DisplayName("a change tells what it changes")
  void changes() {
    assertThat(DealChange.nothing().limitPerBuyer()).isEmpty();
    assertThat(DealChange.nothing().limitPerBuyer(2).limitPerBuyer()).hasValue(2);
    assertThat(DealChange.to(DealState.PAUSED).limitPerBuyer(2).opens(Deal.ALWAYS))
        .hasToString(
            "DealChange[state=PAUSED, limitPerBuyer=2, opens=1970-01-01T00:00:00Z, closes=null]");
  }

  @Test
  @DisplayName("a return with another need of a refund is the same otherwise")
  void refundDue() {
    OrderReturn sale = new OrderReturn("deal", "order", true, true);
    assertThat(sale.withRefundDue(false)).isEqualTo(new OrderReturn("deal", "order", true, false));
  }

  @Test
  @DisplayName("times are truncated to milliseconds, so that every store keeps the same time")
  void milliseconds() {
    Deal deal = Deal.of("deal", 1).withWindow(Instant.ofEpochSecond(1, 999_999), Deal.NEVER);
    assertThat(deal.opens()).isEqualTo(Instant.ofEpochSecond(1));
  }

  @Test
  @DisplayName("the first-attempt mark is not part of an order's content")
  void content() {
    Order order = Order.of("order", "deal", "buyer", 1);
    assertThat(order.sameContentAs(order.asFirstAttempt())).isTrue();
    assertThat(order.sameContentAs(Order.of("order", "deal", "buyer", 2))).isFalse();
    assertThat(order.asFirstAttempt().asPossibleRetry()).isEqualTo(order);
  }
}
