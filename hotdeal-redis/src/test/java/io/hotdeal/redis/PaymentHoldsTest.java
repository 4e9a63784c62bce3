package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.hotdeal.ClaimResult;
import io.hotdeal.ClaimResult.Claimed;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.Refusal.Conflict;
import io.hotdeal.spi.Stock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A limit per buyer makes the script decide order by order; without one it claims a batch as a
 * whole.
 */
@DisplayName("In Redis, a claim with a time to pay")
class PaymentHoldsTest extends CounterOnRedis {

  private static final long HOLD = 2_000;
  private static final long MINUTE = 60_000;

  private final String held = "{" + dealId + "}-held";
  private final String settled = "{" + dealId + "}-settled";
  private final Deal deal = Deal.of(dealId, 10_000).withHold(Duration.ofMillis(HOLD));

  @ParameterizedTest(name = "with a limit of {0} per buyer")
  @ValueSource(ints = {0, 5})
  @DisplayName(
      "becomes overdue after that time, and the other claims of its call after the deal's hold")
  void ofItsOwn(int limit) {
    counter.open(deal.withLimitPerBuyer(limit));
    List<Order> orders =
        List.of(order("usual"), order("long", 30 * MINUTE), order("next"), order("short", 1));
    final long before = redisMillis();
    counter.claim(orders);
    final long after = redisMillis();
    long now = deadline("usual") - HOLD;
    assertThat(now).isBetween(before, after);
    assertThat(deadlines())
        .containsOnly(
            entry("usual", now + HOLD),
            entry("next", now + HOLD),
            entry("long", now + 30 * MINUTE),
            entry("short", now + 1));
    assertThat(counter.held(dealId, 9))
        .containsExactlyInAnyOrder(order("usual"), order("long"), order("next"), order("short"));
  }

  @Test
  @DisplayName("is listed as overdue after that time, however long the deal's hold is")
  void overdue() {
    counter.open(deal.withHold(Duration.ofDays(1)));
    counter.claim(List.of(order("usual"), order("short", 1)));
    awaitRedisMillis(redisMillis() + 3);
    assertThat(counter.overdue(dealId, 9)).containsExactly(order("short"));
  }

  @Test
  @DisplayName("may be held for 30 days")
  void longest() {
    counter.open(deal);
    long longest = Duration.ofDays(30).toMillis();
    counter.claim(List.of(order("usual"), order("long", longest)));
    assertThat(deadline("long") - deadline("usual")).isEqualTo(longest - HOLD);
  }

  @ParameterizedTest(name = "with a limit of {0} per buyer")
  @ValueSource(ints = {0, 5})
  @DisplayName("is held for that time from its repetition on, and nothing else changes")
  void repeated(int limit) {
    counter.open(deal.withLimitPerBuyer(limit));
    counter.claim(List.of(order("a"), order("b", MINUTE), order("c", MINUTE)));
    final Stock stock = counter.stock(dealId).orElseThrow();
    final long untouched = deadline("c");
    final long before = redisMillis();
    assertThat(counter.claim(List.of(order("a", 5 * MINUTE), order("b", 5 * MINUTE))))
        .containsOnly(new Claimed(9_997, true));
    final long after = redisMillis();
    assertThat(deadline("a")).isBetween(before + 5 * MINUTE, after + 5 * MINUTE);
    assertThat(deadline("b")).isEqualTo(deadline("a"));
    assertThat(deadline("c")).isEqualTo(untouched);
    assertThat(counter.stock(dealId)).contains(stock);
    assertThat(counter.held(dealId, 9))
        .containsExactlyInAnyOrder(order("a"), order("b"), order("c"));
  }

  @Test
  @DisplayName("never becomes overdue earlier by a repetition")
  void notEarlier() {
    counter.open(deal);
    counter.claim(List.of(order("a", 30 * MINUTE)));
    final long first = deadline("a");
    for (Order again : List.of(order("a", MINUTE), order("a"))) {
      assertThat(claim(again)).isEqualTo(new Claimed(9_999, true));
      assertThat(deadline("a")).isEqualTo(first);
    }
  }

  @Test
  @DisplayName("is extended beside new claims of the same call")
  void besideNewOnes() {
    counter.open(deal);
    counter.claim(List.of(order("old"), order("same")));
    final long same = deadline("same");
    assertThat(
            counter.claim(
                List.of(
                    order("new"), order("old", MINUTE), order("same"), order("more", 2 * MINUTE))))
        .containsExactly(
            new Claimed(9_997, false),
            new Claimed(9_997, true),
            new Claimed(9_997, true),
            new Claimed(9_996, false));
    long now = deadline("new") - HOLD;
    assertThat(deadlines())
        .containsOnly(
            entry("new", now + HOLD),
            entry("old", now + MINUTE),
            entry("same", same),
            entry("more", now + 2 * MINUTE));
    assertThat(counter.stock(dealId).orElseThrow()).returns(4L, Stock::claimed);
  }

  @Test
  @DisplayName("has the longest time if its id stands several times in one call")
  void severalTimes() {
    counter.open(deal);
    List<Order> orders =
        List.of(order("a", MINUTE), order("b"), order("a", 3 * MINUTE), order("a", 2 * MINUTE));
    assertThat(counter.claim(orders))
        .containsExactly(
            new Claimed(9_999, false),
            new Claimed(9_998, false),
            new Claimed(9_998, true),
            new Claimed(9_998, true));
    assertThat(deadline("a") - deadline("b")).isEqualTo(3 * MINUTE - HOLD);
  }

  @Test
  @DisplayName("keeps its own time in a list that takes several script calls")
  void severalCalls() {
    counter.open(deal);
    List<Order> orders =
        IntStream.range(0, 2 * DealCall.PORTION + 9)
            .mapToObj(i -> i % 3 == 0 ? order("o" + i) : order("o" + i, i * MINUTE))
            .toList();
    final long before = redisMillis();
    counter.claim(orders);
    final long took = redisMillis() - before;
    Map<String, Long> deadlines = deadlines();
    for (Order order : orders) {
      long hold = order.isHold() ? order.payWithin().toMillis() : HOLD;
      assertThat(deadlines.get(order.id()) - before - hold).isBetween(0L, took);
    }
  }

  @Test
  @DisplayName("stays settled if it is repeated")
  void settledOnes() {
    counter.open(deal);
    counter.claim(List.of(order("sold", MINUTE)));
    counter.settle(List.of(order("sold"), order("noted")));
    for (Order again : List.of(order("sold", 5 * MINUTE), order("noted", 5 * MINUTE))) {
      assertThat(claim(again)).isEqualTo(new Claimed(9_999, true));
    }
    assertThat(redis.admin().hgetAll(settled))
        .containsOnly(entry("sold", "s:1:buyer-sold"), entry("noted", "n:1:buyer-noted"));
    assertThat(redis.admin().exists(held)).isFalse();
  }

  @Test
  @DisplayName("is released like any other")
  void released() {
    counter.open(deal.withLimitPerBuyer(5));
    counter.claim(List.of(order("a", MINUTE), order("b", MINUTE)));
    counter.release(List.of(order("a", MINUTE), order("b")));
    assertThat(redis.admin().exists(held, "{" + dealId + "}-buyers")).isZero();
    assertThat(counter.stock(dealId).orElseThrow().remaining()).isEqualTo(10_000);
  }

  @Test
  @DisplayName("is extended if an earlier version of the scripts wrote it")
  void ofEarlierScripts() {
    counter.open(deal);
    redis.admin().hset(held, Map.of("past", "1:buyer-past:300", "other", "1:buyer-other:400"));
    assertThat(counter.overdue(dealId, 9)).containsExactly(order("past"), order("other"));
    final long before = redisMillis();
    assertThat(claim(order("past", MINUTE))).isEqualTo(new Claimed(10_000, true));
    assertThat(claim(order("other"))).isEqualTo(new Claimed(10_000, true));
    assertThat(deadline("past")).isBetween(before + MINUTE, redisMillis() + MINUTE);
    assertThat(deadline("other")).isEqualTo(400);
    assertThat(counter.overdue(dealId, 9)).containsExactly(order("other"));
  }

  @Test
  @DisplayName("changes no claim of other content, nor one of a later version of the scripts")
  void notItsOwn() {
    counter.open(deal);
    Map<String, String> claims = Map.of("other", "2:buyer-other:300", "later", "1:buyer-later:x");
    redis.admin().hset(held, claims);
    assertThat(claim(order("other", MINUTE))).isEqualTo(new Conflict());
    assertThat(claim(order("later", MINUTE))).isEqualTo(new Claimed(10_000, true));
    assertThat(redis.admin().hgetAll(held)).isEqualTo(claims);
  }

  @Test
  @DisplayName("is extended also after the deal was closed")
  void closed() {
    counter.open(deal);
    counter.claim(List.of(order("a")));
    counter.close(dealId);
    final long before = redisMillis();
    assertThat(claim(order("a", MINUTE))).isEqualTo(new Claimed(9_999, true));
    assertThat(deadline("a")).isGreaterThanOrEqualTo(before + MINUTE);
  }

  @Test
  @DisplayName("is extended also if Redis is out of memory")
  void outOfMemory() {
    counter.open(deal);
    counter.claim(List.of(order("a")));
    final long before = redisMillis();
    redis.admin().configSet("maxmemory", "1");
    try {
      assertThat(claim(order("a", MINUTE))).isEqualTo(new Claimed(9_999, true));
    } finally {
      redis.admin().configSet("maxmemory", "0");
    }
    assertThat(deadline("a")).isGreaterThanOrEqualTo(before + MINUTE);
  }

  @Test
  @DisplayName("costs its call one argument more, and a call without one has none")
  void arguments() {
    assertThat(argumentsOf(order("a"), order("b")))
        .containsExactly("a", "1:buyer-a", "b", "1:buyer-b", "2");
    assertThat(argumentsOf(order("a"), order("b", MINUTE)))
        .containsExactly("a", "1:buyer-a", "b", "1:buyer-b", "2", "0,60000");
  }

  private Order order(String id) {
    return Order.of(id, dealId, "buyer-" + id, 1);
  }

  private Order order(String id, long payWithinMillis) {
    return order(id).withPayWithin(Duration.ofMillis(payWithinMillis));
  }

  private ClaimResult claim(Order order) {
    return counter.claim(List.of(order)).get(0);
  }

  private static List<String> argumentsOf(Order... orders) {
    List<String> sent = new ArrayList<>();
    RedisStockCounter.on(recording(sent)).claim(List.of(orders));
    return sent;
  }

  private static ScriptRunner recording(List<String> sent) {
    return new ScriptRunner() {
      @Override
      public List<?> evalsha(String sha, List<String> keys, List<String> args) {
        sent.addAll(args);
        return List.of("all", 0L);
      }

      @Override
      public List<?> eval(String script, List<String> keys, List<String> args) {
        throw new AssertionError("the script is known");
      }

      @Override
      public boolean repeats() {
        return false;
      }
    };
  }

  private long deadline(String id) {
    return deadlines().get(id);
  }

  private Map<String, Long> deadlines() {
    return redis.admin().hgetAll(held).entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, claim -> Long.parseLong(claim.getValue().split(":", -1)[2])));
  }
}
