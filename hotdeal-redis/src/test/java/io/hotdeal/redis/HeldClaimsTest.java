package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.contract.Crowd;
import io.hotdeal.spi.Stock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Held claims in Redis")
class HeldClaimsTest extends CounterOnRedis {

  private final String held = "{" + dealId + "}-held";
  private final String settled = "{" + dealId + "}-settled";

  @Test
  @DisplayName("are all listed, each once, also if one scan does not return all")
  void moreThanOneScan() {
    List<Order> orders = Crowd.orders(dealId, 5_000);
    counter.open(Deal.of(dealId, 5_000).withHold(Duration.ofMillis(1)));
    counter.claim(orders);
    awaitRedisMillis(redisMillis() + 3);
    for (int limit : List.of(10_000, 5_000)) {
      assertThat(counter.overdue(dealId, limit)).containsExactlyInAnyOrderElementsOf(orders);
      assertThat(counter.held(dealId, limit)).containsExactlyInAnyOrderElementsOf(orders);
    }
    for (int limit : List.of(4_999, 1_500, 1)) {
      assertThat(counter.overdue(dealId, limit)).hasSize(limit).doesNotHaveDuplicates();
      assertThat(counter.held(dealId, limit)).hasSize(limit).doesNotHaveDuplicates();
    }
  }

  @Test
  @DisplayName("are scanned in several script calls if there are many")
  void severalScans() {
    counter.open(Deal.of(dealId, 5_000));
    counter.claim(Crowd.orders(dealId, 5_000));
    long before = scriptCalls();
    assertThat(counter.overdue(dealId, 1)).isEmpty();
    assertThat(scriptCalls() - before).isBetween(10L, 20L);
    assertThat(counter.held(dealId, 10_000)).hasSize(5_000);
    assertThat(scriptCalls() - before).isBetween(20L, 40L);
  }

  @Test
  @DisplayName("are listed oldest first, and by id if they have the same age")
  void oldestFirst() {
    counter.open(Deal.of(dealId, 9));
    redis
        .admin()
        .hset(held, Map.of("c", "1:x:300", "z", "2:y:100", "d", "1:x:200", "a", "3:x:300"));
    List<Order> all =
        List.of(order("z", "y", 2), order("d", "x", 1), order("a", "x", 3), order("c", "x", 1));
    assertThat(counter.overdue(dealId, 9)).isEqualTo(all);
    assertThat(counter.overdue(dealId, 2)).isEqualTo(all.subList(0, 2));
    assertThat(counter.held(dealId, 3)).isEqualTo(all.subList(0, 3));
  }

  @Test
  @DisplayName("are listed once if Redis returns one twice, and the others are still found")
  void returnedTwice() {
    Queue<List<String>> parts = new ArrayDeque<>();
    parts.add(List.of("7", "a", "1:x:5", "a", "1:x:5"));
    parts.add(List.of("3"));
    parts.add(List.of("9", "a", "1:x:5", "b", "1:y:3"));
    parts.add(List.of("0", "never", "1:y:1"));
    List<String> cursors = new ArrayList<>();
    HeldClaims claims = new HeldClaims(answering(parts, cursors));
    assertThat(claims.overdue(dealId, 2)).containsExactly(order("b", "y", 1), order("a", "x", 1));
    assertThat(cursors).containsExactly("0", "7", "3");
  }

  @ParameterizedTest
  @CsvSource({"9, ziplist|listpack", "3000, hashtable"})
  @DisplayName("are settled and released singly and in batches")
  void settledAndReleased(int count, String encoding) {
    List<Order> orders = Crowd.orders(dealId, count);
    List<Order> sold = orders.subList(0, count / 3);
    List<Order> released = orders.subList(count / 3, count);
    counter.open(Deal.of(dealId, count));
    counter.claim(orders);
    assertThat(redis.admin().objectEncoding(held)).matches(encoding);
    counter.settle(sold.subList(0, 1));
    counter.settle(sold);
    assertThat(counter.held(dealId, count)).containsExactlyInAnyOrderElementsOf(released);
    assertThat(redis.admin().hlen(settled)).isEqualTo(count / 3);
    assertThat(redis.admin().hget(settled, "order-0")).isEqualTo("s:1:buyer-0");
    counter.release(released.subList(0, 1));
    counter.release(orders);
    assertThat(counter.stock(dealId).orElseThrow())
        .returns(0L, Stock::claimed)
        .returns(count / 3L, Stock::settled)
        .returns(count - count / 3L, Stock::remaining);
    assertThat(redis.admin().exists(held)).isFalse();
    assertThat(counter.claim(sold)).allMatch(it -> it.toString().contains("replayed=true"));
  }

  private Order order(String id, String buyer, long quantity) {
    return Order.of(id, dealId, buyer, quantity);
  }

  private static long scriptCalls() {
    return redis
        .admin()
        .info("commandstats")
        .lines()
        .filter(line -> line.startsWith("cmdstat_evalsha:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll(".*:calls=(\\d+),.*", "$1")))
        .sum();
  }

  private static ScriptRunner answering(Queue<List<String>> parts, List<String> cursors) {
    return new ScriptRunner() {
      @Override
      public List<?> evalsha(String sha, List<String> keys, List<String> args) {
        cursors.add(args.get(0));
        return parts.remove();
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
}
