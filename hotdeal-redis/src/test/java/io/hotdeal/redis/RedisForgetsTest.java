package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.hotdeal.ClaimResult;
import io.hotdeal.ClaimResult.Claimed;
import io.hotdeal.Deal;
import io.hotdeal.DealConflictException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.Refusal.Conflict;
import io.hotdeal.Refusal.LimitReached;
import io.hotdeal.Refusal.UnknownDeal;
import io.hotdeal.spi.Stock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The Redis data of a deal:")
class RedisForgetsTest extends CounterOnRedis {

  private final Deal deal = Deal.of(dealId, 10).withLimitPerBuyer(3);

  @ParameterizedTest
  @EnumSource
  @DisplayName("after SCRIPT FLUSH claims still succeed")
  void scriptFlush(Client kind) {
    try (Client.Connected connected = kind.connect(redis.uri())) {
      connected.counter().open(deal);
      redis.admin().scriptFlush();
      assertThat(connected.counter().claim(List.of(order("a", "x", 1))))
          .containsExactly(new Claimed(9, false));
      redis.admin().scriptFlush();
      assertThat(connected.counter().claim(List.of(order("a", "x", 1))))
          .containsExactly(new Claimed(9, true));
    }
  }

  @Test
  @DisplayName("after FLUSHALL the deal is unknown until it is restored")
  void flushAll() {
    counter.open(deal);
    claim(order("a", "x", 1));
    final long before = counter.stock(dealId).orElseThrow().version();
    redis.admin().flushAll();
    assertThat(claim(order("a", "x", 1))).isEqualTo(new UnknownDeal());
    assertThat(counter.stock(dealId)).isEmpty();
    assertThat(counter.overdue(dealId, 1)).isEmpty();
    counter.settle(List.of(order("a", "x", 1)));
    counter.release(List.of(order("a", "x", 1)));
    assertThat(counter.restore(deal, 9, before)).isFalse();
    assertThat(counter.restore(deal, 9, Stock.ABSENT)).isTrue();
    assertThat(counter.stock(dealId).orElseThrow().version()).isGreaterThan(before);
    assertThat(claim(order("b", "x", 1))).isEqualTo(new Claimed(8, false));
  }

  @Test
  @DisplayName("a deal of earlier scripts, without the field noted, still keeps its limit")
  void byEarlierScripts() {
    counter.open(deal);
    claim(order("a", "x", 1));
    redis.admin().hdel(key("deal"), "noted");
    assertThat(claim(order("a", "x", 1))).isEqualTo(new Claimed(9, true));
    counter.settle(List.of(order("noted", "y", 3)));
    assertThat(redis.admin().hget(key("deal"), "noted")).isEqualTo("3");
    assertThat(claim(order("b", "y", 1))).isEqualTo(new LimitReached(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"quantity", "deal", "held", "settled", "buyers"})
  @DisplayName("if one key is lost, the deal is unknown, and a restore discards the other keys")
  void oneKey(String lost) {
    counter.open(deal);
    claim(order("held", "x", 2));
    claim(order("sold", "y", 1));
    counter.settle(List.of(order("sold", "y", 1), order("noted", "z", 1)));
    redis.admin().del(key(lost));

    assertThat(claim(order("held", "x", 2))).isEqualTo(new UnknownDeal());
    assertThat(counter.stock(dealId)).isEmpty();
    counter.open(deal);
    assertThat(counter.stock(dealId)).as("the deal is not seeded again").isEmpty();

    assertThat(counter.restore(deal, 7, Stock.ABSENT)).isTrue();
    assertThat(counter.stock(dealId).orElseThrow())
        .returns(7L, Stock::remaining)
        .returns(0L, Stock::claimed)
        .returns(0L, Stock::settled);
    assertThat(redis.admin().exists(key("held"), key("settled"), key("buyers"))).isZero();
    assertThat(claim(order("held", "x", 3))).isEqualTo(new Claimed(4, false));
    assertThat(claim(order("sold", "y", 1))).isEqualTo(new Claimed(3, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"settled", "buyers"})
  @DisplayName(
      "if a key of orders settled without a claim is lost, the deal is unknown until restored")
  void learned(String lost) {
    counter.open(deal);
    counter.settle(List.of(order("noted", "x", 3)));
    redis.admin().del(key(lost));
    assertThat(counter.stock(dealId)).isEmpty();
    assertThat(counter.restore(deal, 7, Stock.ABSENT)).isTrue();
    counter.settle(List.of(order("noted", "x", 3)));
    assertThat(claim(order("more", "x", 1))).isEqualTo(new LimitReached(3));
  }

  @Test
  @DisplayName(
      "after a restore limits are learned from settled orders, once per id, without taking units")
  void limitsAreLearned() {
    counter.restore(deal, 7, Stock.ABSENT);
    List<Order> sold = List.of(order("a", "x", 1), order("b", "x", 2), order("a", "x", 1));
    counter.settle(sold);
    counter.settle(sold);
    assertThat(redis.admin().hgetAll(key("buyers"))).containsOnly(entry("x", "3"));
    assertThat(claim(order("c", "x", 1))).isEqualTo(new LimitReached(3));
    assertThat(claim(order("c", "y", 3))).isEqualTo(new Claimed(4, false));
    counter.release(sold);
    assertThat(claim(order("d", "x", 1))).isEqualTo(new LimitReached(3));
    assertThat(counter.stock(dealId).orElseThrow())
        .returns(4L, Stock::remaining)
        .returns(3L, Stock::claimed)
        .returns(0L, Stock::settled);
  }

  @Test
  @DisplayName("claims and settled orders of one buyer count together towards the limit")
  void limitsOfBoth() {
    counter.open(deal);
    claim(order("held", "x", 1));
    counter.settle(List.of(order("noted", "x", 1), order("held", "x", 1)));
    assertThat(claim(order("c", "x", 2))).isEqualTo(new LimitReached(3));
    assertThat(claim(order("c", "x", 1))).isInstanceOf(Claimed.class);
  }

  @Test
  @DisplayName("a deal without a limit stores no buyer")
  void noLimit() {
    counter.open(Deal.of(dealId, 10));
    counter.settle(List.of(order("noted", "x", 3)));
    assertThat(redis.admin().exists(key("buyers"))).isFalse();
  }

  @Test
  @DisplayName("if a key is lost, opening the deal with other terms is still refused")
  void otherTerms() {
    counter.open(deal);
    redis.admin().del("{" + dealId + "}-quantity");
    assertThatThrownBy(() -> counter.open(deal.withLimitPerBuyer(1)))
        .isInstanceOf(DealConflictException.class);
  }

  @Test
  @DisplayName("the longest hold is not among the terms, so another one is no conflict")
  void longestHold() {
    Deal offered = deal.withLongestHold(Duration.ofHours(7));
    counter.open(deal);
    counter.open(offered);
    assertThatThrownBy(() -> counter.open(offered.withLimitPerBuyer(1)))
        .isInstanceOf(DealConflictException.class)
        .hasMessageNotContaining(Deal.DEFAULT_LONGEST_HOLD.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"quantity", "deal", "held", "settled", "buyers"})
  @DisplayName("if a key has the wrong type, nothing is written and the error names the key")
  void wrongType(String key) {
    counter.open(deal);
    claim(order("a", "x", 1));
    String name = "{" + dealId + "}-" + key;
    redis.admin().del(name);
    redis.admin().lpush(name, "not", "ours");
    assertThatThrownBy(() -> claim(order("b", "x", 1)))
        .isInstanceOf(NothingHappenedException.class)
        .hasMessageEndingWith(
            name + " is a list, not a " + (key.equals("quantity") ? "string" : "hash"));
    assertThat(redis.admin().lrange(name, 0, -1)).containsExactly("ours", "not");
    assertThatThrownBy(() -> counter.open(deal)).isInstanceOf(NothingHappenedException.class);
    assertThatThrownBy(() -> counter.stock(dealId)).isInstanceOf(NothingHappenedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "-1", "1.5", "1e3", "99999999999999999999"})
  @DisplayName("if the quantity is invalid, nothing is sold and the error names the key")
  void wrongValue(String value) {
    counter.open(deal);
    redis.admin().set("{" + dealId + "}-quantity", value);
    assertThatThrownBy(() -> claim(order("b", "x", 1)))
        .isInstanceOf(NothingHappenedException.class)
        .hasMessageContaining("{" + dealId + "}-quantity")
        .hasMessageContaining("'" + value + "'");
  }

  @ParameterizedTest
  @CsvSource({"held, 1:x:later", "settled, z:1:x"})
  @DisplayName("a claim in the format of a later version keeps its id taken, and is not changed")
  void unknownState(String hash, String later) {
    counter.open(deal);
    String key = "{" + dealId + "}-" + hash;
    redis.admin().hset(key, "a", later);
    redis.admin().hset(key, "b", "?");
    assertThat(claim(order("a", "x", 1))).isEqualTo(new Claimed(10, true));
    assertThat(claim(order("a", "x", 2))).isEqualTo(new Conflict());
    assertThat(claim(order("b", "x", 1))).isEqualTo(new Conflict());
    counter.release(List.of(order("a", "x", 1), order("b", "x", 1)));
    counter.settle(List.of(order("a", "x", 1), order("b", "x", 1)));
    assertThat(redis.admin().hgetAll(key)).containsOnly(entry("a", later), entry("b", "?"));
    assertThat(counter.stock(dealId).orElseThrow().remaining()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1:", "1:x", "1:x:", "x:1:1", "1::1", ":x:1", "1:x:-1"})
  @DisplayName(
      "a malformed held claim is neither settled nor released, and the others are not affected")
  void malformed(String text) {
    counter.open(deal);
    claim(order("torn", "x", 1));
    claim(order("whole", "y", 1));
    redis.admin().hset("{" + dealId + "}-held", "torn", text);
    assertThat(counter.held(dealId, 9)).containsExactly(order("whole", "y", 1));
    assertThat(counter.overdue(dealId, 9)).isEmpty();
    List<Order> both = List.of(order("torn", "x", 1), order("whole", "y", 1));
    counter.settle(both);
    counter.release(both);
    assertThat(redis.admin().hkeys("{" + dealId + "}-settled")).containsExactly("whole");
    assertThat(counter.stock(dealId).orElseThrow())
        .returns(1L, Stock::claimed)
        .returns(1L, Stock::settled);
    assertThat(claim(order("torn", "z", 1))).isEqualTo(new Conflict());
  }

  @Test
  @DisplayName("the remaining quantity is a plain number that redis-cli GET shows")
  void plainQuantity() {
    counter.open(Deal.of(dealId, 1_000_000_000));
    claim(order("a", "x", 1));
    assertThat(redis.admin().get("{" + dealId + "}-quantity")).isEqualTo("999999999");
  }

  @Test
  @DisplayName("ten thousand orders fit into one call")
  void hugeBatch() {
    counter.open(Deal.of(dealId, 20_000).withLimitPerBuyer(2));
    List<Order> orders =
        IntStream.range(0, 10_000).mapToObj(i -> order("o" + i, "b" + i, 2)).toList();
    assertThat(counter.claim(orders)).allMatch(Claimed.class::isInstance);
    counter.settle(orders.subList(0, 5_000));
    counter.release(orders);
    Stock stock = counter.stock(dealId).orElseThrow();
    assertThat(stock.remaining()).isEqualTo(10_000);
    assertThat(stock.settled()).isEqualTo(10_000);
    assertThat(stock.claimed()).isZero();
  }

  private String key(String name) {
    return "{" + dealId + "}-" + name;
  }

  private Order order(String id, String buyer, long quantity) {
    return Order.of(id, dealId, buyer, quantity);
  }

  private ClaimResult claim(Order order) {
    return counter.claim(List.of(order)).get(0);
  }
}
