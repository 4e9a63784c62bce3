package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.hotdeal.ClaimResult.Claimed;
import io.hotdeal.Deal;
import io.hotdeal.DealState;
import io.hotdeal.Order;
import io.hotdeal.Refusal.UnknownDeal;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.Stock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("In Redis, a deal whose orders are given back")
class ReturnsInRedisTest extends CounterOnRedis {

  private static final List<String> TERMS_ARE_UNKNOWN = List.of("terms", "paused", "returned");

  @Test
  @DisplayName("stays known when no buyer has units any more")
  void withoutBuyers() {
    openAndGiveBackTwo();
    assertThat(redis.admin().exists("{" + dealId + "}-buyers")).isFalse();
    assertThat(stock()).returns(1L, Stock::remaining).returns(0L, Stock::settled);
    assertThat(counter.claim(List.of(order("a")))).containsExactly(new Claimed(1, true));
  }

  @Test
  @DisplayName("can be sold and settled by scripts of a version that knows no returns")
  void rollingDeployment() {
    openAndGiveBackTwo();
    assertThat(before("stock", List.of())).asInstanceOf(LIST).hasSize(5).startsWith(1L, 0L, 0L);
    assertThat(before("claim", List.of("c", "1:carol", "1")))
        .asInstanceOf(LIST)
        .contains("claimed");
    assertThat(before("claim", List.of("a", "1:ann", "1")))
        .asInstanceOf(LIST)
        .startsWith("replayed");
    before("settle", List.of("a", "1:ann", "c", "1:carol", "0"));
    assertThat(stock()).returns(0L, Stock::remaining).returns(1L, Stock::settled);
    counter.giveBack(List.of(Order.of("c", dealId, "carol", 1)));
    assertThat(stock()).returns(0L, Stock::settled);
    assertThat(before("stock", List.of())).asInstanceOf(LIST).hasSize(5);
    assertThat(redis.admin().exists("{" + dealId + "}-buyers")).isFalse();
  }

  @Test
  @DisplayName("can have its claims released by scripts of a version that knows no returns")
  void releasedBefore() {
    openAndGiveBackTwo();
    Deal deal = Deal.of(dealId, 3).withLimitPerBuyer(1);
    counter.claim(List.of(order("c").withPayWithin(Duration.ofMinutes(10))));
    counter.change(new DealTerms(deal, DealState.PAUSED, 2));
    List<String> ended = List.of("a", "1:ann", "c", "1:buyer-c");
    assertThat(before("release", ended)).isEqualTo(List.of(1L));
    assertThat(before("release", ended)).as("once").isEqualTo(List.of(0L));
    assertThat(stock())
        .returns(1L, Stock::remaining)
        .returns(0L, Stock::claimed)
        .returns(DealState.PAUSED, Stock::state)
        .returns(2L, Stock::termsVersion);
    assertThat(redis.admin().hget("{" + dealId + "}-deal", "returned")).isEqualTo("2");
    counter.change(new DealTerms(deal, DealState.OPEN, 3));
    assertThat(counter.claim(List.of(order("a"), order("c"))))
        .containsExactly(new Claimed(1, true), new Claimed(0, false));
  }

  @Test
  @DisplayName("may have been opened by a version that knows neither returns nor changed terms")
  void openedBefore() {
    counter.open(Deal.of(dealId, 3));
    redis.admin().hdel("{" + dealId + "}-deal", TERMS_ARE_UNKNOWN.toArray(String[]::new));
    assertThat(stock()).returns(1L, Stock::termsVersion).returns(DealState.OPEN, Stock::state);
    counter.change(new DealTerms(Deal.of(dealId, 3), DealState.PAUSED, 2));
    assertThat(stock()).returns(2L, Stock::termsVersion).returns(DealState.PAUSED, Stock::state);
  }

  @Test
  @DisplayName("takes returns and new deadlines also when memory is full")
  void fullMemory() {
    counter.open(Deal.of(dealId, 3).withLimitPerBuyer(1).withHold(Duration.ofMillis(1)));
    counter.claim(List.of(order("a"), order("b")));
    counter.settle(List.of(order("a")));
    redis.admin().configSet("maxmemory", "1");
    try {
      counter.postpone(List.of(order("b").withPayWithin(Duration.ofMinutes(10))));
      assertThat(counter.overdue(dealId, 9)).isEmpty();
      counter.giveBack(List.of(order("a"), order("b"), order("none")));
    } finally {
      redis.admin().configSet("maxmemory", "0");
    }
    assertThat(stock()).returns(3L - 1, Stock::remaining).returns(0L, Stock::claimed);
  }

  @Test
  @DisplayName("is forgotten when it gets a limit per buyer after claims, and kept without any")
  void firstLimit() {
    counter.open(Deal.of(dealId, 3));
    DealTerms limited = new DealTerms(Deal.of(dealId, 3).withLimitPerBuyer(1), DealState.OPEN, 2);
    counter.change(limited);
    assertThat(stock()).returns(2L, Stock::termsVersion);
    counter.change(new DealTerms(Deal.of(dealId, 3), DealState.OPEN, 3));
    counter.claim(List.of(order("a")));
    counter.change(new DealTerms(limited.deal(), DealState.OPEN, 4));
    assertThat(counter.stock(dealId)).isEmpty();
    counter.open(Deal.of(dealId, 3));
    assertThat(counter.claim(List.of(order("b")))).as("open").containsExactly(new UnknownDeal());
    assertThat(counter.restore(new DealTerms(limited.deal(), DealState.OPEN, 4), 2, Stock.ABSENT))
        .isTrue();
    assertThat(stock()).returns(2L, Stock::remaining).returns(4L, Stock::termsVersion);
  }

  @Test
  @DisplayName("counts no buyer from before a time without a limit per buyer")
  void withoutLimitMeanwhile() {
    Deal deal = Deal.of(dealId, 9);
    counter.open(deal.withLimitPerBuyer(1));
    counter.claim(List.of(order("a")));
    counter.settle(List.of(order("a")));
    counter.change(new DealTerms(deal, DealState.OPEN, 2));
    counter.giveBack(List.of(order("a")));
    counter.change(new DealTerms(deal.withLimitPerBuyer(1), DealState.OPEN, 3));
    assertThat(counter.claim(List.of(Order.of("again", dealId, "ann", 1))))
        .containsExactly(new Claimed(7, false));
  }

  @Test
  @DisplayName("counts 1,200 returns in several scripts, each once")
  void portions() {
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      orders.add(Order.of("o-" + i, dealId, "buyer-" + i, 1));
    }
    counter.open(Deal.of(dealId, 1_200).withLimitPerBuyer(1));
    counter.claim(orders);
    counter.settle(orders.subList(0, 1_000));
    counter.giveBack(orders);
    counter.giveBack(orders);
    assertThat(stock()).returns(200L, Stock::remaining).returns(0L, Stock::claimed);
    assertThat(redis.admin().hget("{" + dealId + "}-deal", "returned")).isEqualTo("1200");
    assertThat(redis.admin().exists("{" + dealId + "}-buyers")).isFalse();
  }

  private void openAndGiveBackTwo() {
    counter.open(Deal.of(dealId, 3).withLimitPerBuyer(1));
    List<Order> orders = List.of(order("a"), order("b"));
    counter.claim(orders);
    counter.settle(orders);
    counter.giveBack(orders);
  }

  private Stock stock() {
    return counter.stock(dealId).orElseThrow();
  }

  private Order order(String id) {
    return Order.of(id, dealId, id.equals("a") ? "ann" : "buyer-" + id, 1);
  }

  /** Runs a script of the version before. */
  private Object before(String script, List<String> args) {
    return redis.admin().eval(text("deal") + text(script), DealKeys.of(dealId), args);
  }

  private static String text(String script) {
    String resource = "before-returns/" + script + ".lua";
    try (InputStream in = ReturnsInRedisTest.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
