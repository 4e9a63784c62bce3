package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.ClaimResult;
import io.hotdeal.ClaimResult.Claimed;
import io.hotdeal.Deal;
import io.hotdeal.DealConflictException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.Refusal.Conflict;
import io.hotdeal.Refusal.LimitReached;
import io.hotdeal.Refusal.UnknownDeal;
import io.hotdeal.Stock;
import io.hotdeal.StockCounter;
import io.hotdeal.contract.Crowd;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("When Redis forgets or was tampered with")
class RedisForgetsTest {

  private static EmbeddedRedis redis;
  private static Client.Connected client;

  private final String dealId = Crowd.freshDealId();
  private final Deal deal = Deal.of(dealId, 10).withLimitPerBuyer(3);
  private final StockCounter counter = client.counter();

  @BeforeAll
  static void start() {
    redis = new EmbeddedRedis();
    client = Client.JEDIS.connect(redis.uri());
  }

  @AfterAll
  static void stop() {
    client.close();
    redis.close();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("its scripts, nobody notices")
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
  @DisplayName("everything, the deal is unknown until it is restored")
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

  @ParameterizedTest
  @ValueSource(strings = {"quantity", "deal", "claims", "deadlines", "buyers"})
  @DisplayName("one key, the whole deal is unknown; restore keeps what is left of its claims")
  void oneKey(String lost) {
    counter.open(deal);
    claim(order("held", "x", 2));
    claim(order("sold", "y", 1));
    counter.settle(List.of(order("sold", "y", 1)));
    redis.admin().del("{" + dealId + "}-" + lost);

    assertThat(claim(order("held", "x", 2))).isEqualTo(new UnknownDeal());
    assertThat(counter.stock(dealId)).isEmpty();
    counter.open(deal);
    assertThat(counter.stock(dealId)).as("not seeded again").isEmpty();

    assertThat(counter.restore(deal, 7, Stock.ABSENT)).isTrue();
    Stock stock = counter.stock(dealId).orElseThrow();
    assertThat(stock.remaining()).isEqualTo(7);
    if (lost.equals("claims")) {
      assertThat(stock.claimed() + stock.settled()).isZero();
      assertThat(claim(order("held", "x", 2))).isEqualTo(new Claimed(5, false));
    } else {
      assertThat(stock.claimed()).isEqualTo(2);
      assertThat(stock.settled()).isEqualTo(1);
      assertThat(claim(order("held", "x", 2))).isEqualTo(new Claimed(7, true));
      assertThat(claim(order("sold", "y", 1))).isEqualTo(new Claimed(7, true));
      assertThat(claim(order("more", "x", 2))).isEqualTo(new LimitReached(3));
      counter.release(List.of(order("held", "x", 2)));
      assertThat(claim(order("more", "x", 2))).isEqualTo(new Claimed(7, false));
    }
  }

  @Test
  @DisplayName("the deadlines, restore watches held claims anew")
  void deadlines() {
    Deal brief = Deal.of(dealId, 10).withHold(Duration.ofMillis(1));
    counter.open(brief);
    Order held = order("held", "x", 2);
    claim(held);
    redis.admin().del("{" + dealId + "}-deadlines");
    assertThat(counter.overdue(dealId, 10)).isEmpty();
    assertThat(counter.restore(brief, 8, Stock.ABSENT)).isTrue();
    long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (counter.overdue(dealId, 10).isEmpty() && System.nanoTime() < patience) {
      Thread.onSpinWait();
    }
    assertThat(counter.overdue(dealId, 10)).containsExactly(held);
  }

  @Test
  @DisplayName("that a deal was closed only if it lost that key too")
  void closedSurvives() {
    counter.open(deal);
    counter.close(dealId);
    redis.admin().del("{" + dealId + "}-quantity");
    counter.restore(deal, 10, Stock.ABSENT);
    assertThat(counter.stock(dealId).orElseThrow().closed()).isTrue();
  }

  @Test
  @DisplayName("a key, other terms are still refused")
  void otherTerms() {
    counter.open(deal);
    redis.admin().del("{" + dealId + "}-quantity");
    assertThatThrownBy(() -> counter.open(deal.withLimitPerBuyer(1)))
        .isInstanceOf(DealConflictException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quantity", "deal", "claims", "deadlines", "buyers"})
  @DisplayName("what type a key has, nothing is written and the key is named")
  void wrongType(String key) {
    counter.open(deal);
    claim(order("a", "x", 1));
    String name = "{" + dealId + "}-" + key;
    redis.admin().del(name);
    redis.admin().lpush(name, "not", "ours");
    assertThatThrownBy(() -> claim(order("b", "x", 1)))
        .isInstanceOf(NothingHappenedException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("list");
    assertThat(redis.admin().lrange(name, 0, -1)).containsExactly("ours", "not");
    assertThatThrownBy(() -> counter.open(deal)).isInstanceOf(NothingHappenedException.class);
    assertThatThrownBy(() -> counter.stock(dealId)).isInstanceOf(NothingHappenedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "-1", "1.5", "1e3", "99999999999999999999"})
  @DisplayName("what a quantity is, nothing is sold and the key is named")
  void wrongValue(String value) {
    counter.open(deal);
    redis.admin().set("{" + dealId + "}-quantity", value);
    assertThatThrownBy(() -> claim(order("b", "x", 1)))
        .isInstanceOf(NothingHappenedException.class)
        .hasMessageContaining("{" + dealId + "}-quantity")
        .hasMessageContaining("'" + value + "'");
  }

  @Test
  @DisplayName("how a later version writes a claim, the id is taken all the same")
  void unknownState() {
    counter.open(deal);
    redis.admin().hset("{" + dealId + "}-claims", "a", "z:1:x");
    redis.admin().hset("{" + dealId + "}-claims", "b", "?");
    assertThat(claim(order("a", "x", 1))).isEqualTo(new Claimed(10, true));
    assertThat(claim(order("b", "x", 1))).isEqualTo(new Conflict());
    counter.release(List.of(order("a", "x", 1), order("b", "x", 1)));
    counter.settle(List.of(order("a", "x", 1), order("b", "x", 1)));
    assertThat(redis.admin().hget("{" + dealId + "}-claims", "a")).isEqualTo("z:1:x");
    assertThat(counter.stock(dealId).orElseThrow().remaining()).isEqualTo(10);
  }

  @Test
  @DisplayName("how a held claim is written, nobody settles or releases it, and the rest goes on")
  void torn() {
    counter.open(deal);
    claim(order("torn", "x", 1));
    claim(order("whole", "y", 1));
    redis.admin().hset("{" + dealId + "}-claims", "torn", "h:");
    List<Order> both = List.of(order("torn", "x", 1), order("whole", "y", 1));
    counter.settle(both);
    counter.release(both);
    assertThat(counter.stock(dealId).orElseThrow())
        .returns(1L, Stock::claimed)
        .returns(1L, Stock::settled);
  }

  @Test
  @DisplayName("nothing: what is left can be read with redis-cli get")
  void plainQuantity() {
    counter.open(Deal.of(dealId, 1_000_000_000));
    claim(order("a", "x", 1));
    assertThat(redis.admin().get("{" + dealId + "}-quantity")).isEqualTo("999999999");
  }

  @Test
  @DisplayName("nothing: ten thousand orders fit one call")
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

  private Order order(String id, String buyer, long quantity) {
    return Order.of(id, dealId, buyer, quantity);
  }

  private ClaimResult claim(Order order) {
    return counter.claim(List.of(order)).get(0);
  }
}
