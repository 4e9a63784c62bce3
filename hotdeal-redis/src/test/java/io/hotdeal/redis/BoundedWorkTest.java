package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.ClaimResult.Claimed;
import io.hotdeal.Deal;
import io.hotdeal.DealState;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.contract.Crowd;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.Stock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayName("For a deal of any size,")
class BoundedWorkTest extends CounterOnRedis {

  private static final int SOLD = 20_000;
  private static final int HELD = 5_000;

  /**
   * The most words of one command: its name, its key and the ids of a portion, each with a value.
   */
  private static final int MOST_WORDS = 2 + 2 * DealCall.PORTION;

  /** Commands whose cost does not grow with the key, only with the entries named in the command. */
  private static final List<String> BOUNDED =
      List.of("TIME", "TYPE", "GET", "SET", "HMGET", "HSET", "HDEL", "HSCAN", "UNLINK", "INFO");

  private final Deal deal = Deal.of(dealId, SOLD + HELD + 1_000).withLimitPerBuyer(5);
  private final List<Order> orders = Crowd.orders(dealId, SOLD + HELD);

  @Test
  @DisplayName("every verb sends only commands of bounded size and cost, also after a key is lost")
  void allVerbs() {
    try (CommandWatch watch = new CommandWatch(redis.uri())) {
      counter.open(deal);
      assertThat(counter.claim(orders)).hasSize(SOLD + HELD).allMatch(Claimed.class::isInstance);
      counter.settle(orders.subList(0, SOLD));
      assertThat(counter.held(dealId, 100_000)).hasSize(HELD);
      assertThat(counter.overdue(dealId, 100_000)).isEmpty();
      assertThat(counter.claim(orders)).allMatch(it -> it.toString().contains("replayed=true"));
      counter.claim(orders.stream().map(it -> it.withPayWithin(Duration.ofDays(1))).toList());
      counter.postpone(orders.stream().map(it -> it.withPayWithin(Duration.ofDays(2))).toList());
      counter.giveBack(orders.subList(0, SOLD));
      counter.change(new DealTerms(deal.withLimitPerBuyer(0), DealState.PAUSED, 2));
      counter.release(orders);
      long version = counter.stock(dealId).orElseThrow().version();
      assertThat(counter.restore(deal, 7, version)).isTrue();
      redis.admin().del("{" + dealId + "}-quantity");
      assertThat(counter.restore(deal, 7, Stock.ABSENT)).isTrue();
      counter.settle(orders.subList(0, SOLD));
      counter.change(new DealTerms(deal.withLimitPerBuyer(0), DealState.OPEN, 2));
      counter.change(new DealTerms(deal, DealState.OPEN, 3));
      assertThat(counter.stock(dealId)).as("forgotten at once").isEmpty();
      assertThat(counter.restore(deal, 7, Stock.ABSENT)).isTrue();
      counter.close(dealId);
      counter.purge(dealId);
      for (List<String> command : watch.stop()) {
        assertThat(command.get(0).toUpperCase(Locale.ROOT)).isIn(BOUNDED);
        assertThat(command).hasSizeLessThanOrEqualTo(MOST_WORDS);
      }
      assertThat(redis.admin().keys("*" + dealId + "*")).isEmpty();
    }
  }

  @Test
  @DisplayName(
      "the outcome is unknown if a later portion fails, and nothing happened if the first one does")
  void laterPortion() {
    FailingRunner third = new FailingRunner(2);
    assertThatThrownBy(() -> RedisStockCounter.on(third).settle(orders.subList(0, 1_200)))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining(2 * DealCall.PORTION + " of 1200")
        .hasMessageContaining("OOM");
    assertThat(third.words).containsExactly(2 * DealCall.PORTION, 2 * DealCall.PORTION);
    assertThatThrownBy(() -> RedisStockCounter.on(new FailingRunner(0)).settle(orders))
        .isInstanceOf(NothingHappenedException.class)
        .hasMessageContaining("OOM");
  }

  /** Runs so many scripts, and refuses the others. */
  private static final class FailingRunner implements ScriptRunner {

    private final int most;
    private final List<Integer> words = new ArrayList<>();

    FailingRunner(int most) {
      this.most = most;
    }

    @Override
    public List<?> evalsha(String sha, List<String> keys, List<String> args) {
      if (words.size() == most) {
        throw new RedisErrorReply("OOM command not allowed");
      }
      words.add(args.size());
      return List.of(1L);
    }

    @Override
    public List<?> eval(String script, List<String> keys, List<String> args) {
      return evalsha(script, keys, args);
    }

    @Override
    public boolean repeats() {
      return false;
    }
  }

  @Test
  @DisplayName("results are in list order across all portions, also for repeated ids")
  void acrossPortions() {
    counter.open(Deal.of(dealId, 1_100));
    List<Order> twice = new ArrayList<>(orders.subList(0, 1_200));
    twice.addAll(orders.subList(0, 1_200));
    var results = counter.claim(twice);
    assertThat(IntStream.range(0, 1_100).mapToObj(results::get))
        .isEqualTo(IntStream.range(0, 1_100).mapToObj(i -> new Claimed(1_099 - i, false)).toList());
    assertThat(results.subList(1_200, 2_300)).containsOnly(new Claimed(0, true));
    assertThat(counter.stock(dealId).orElseThrow()).returns(1_100L, Stock::claimed);
  }
}
