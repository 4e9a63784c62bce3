package io.hotdeal.jmh;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hotdeal.jmh.load.OrderSource;
import io.hotdeal.jmh.strategy.Strategy.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A JMH benchmark")
final class BenchmarksTest {

  private static final int THREADS = 4;
  private static final int CALLS = 25;

  private static StrategyState open(String strategy, int deals) {
    StrategyState state = new StrategyState();
    state.strategy = strategy;
    state.deals = deals;
    state.database = "h2";
    state.redis = "embedded";
    state.open(THREADS);
    return state;
  }

  private static CallerState caller(StrategyState state) {
    CallerState caller = new CallerState();
    caller.open(state);
    return caller;
  }

  @ParameterizedTest
  @CsvSource({
    "row-lock-8, 1",
    "row-lock-8, 3",
    "conditional-update-3, 1",
    "conditional-update-3, 3",
    "hotdeal-log, 1",
    "hotdeal-log, 3",
    "hotdeal-gated-jedis, 1",
    "hotdeal-gated-jedis, 3",
    "hotdeal-claims-jedis, 1",
    "hotdeal-claims-jedis, 3",
    "hotdeal-claims-lettuce, 1",
    "hotdeal-claims-lettuce, 3",
    "hotdeal-memory, 1",
  })
  @DisplayName("of single orders sells from several threads what the stores then hold as sold")
  void orders(String strategy, int deals) throws Exception {
    StrategyState state = open(strategy, deals);
    OrderBenchmark benchmark = new OrderBenchmark();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        CallerState caller = caller(state);
        all.add(threads.submit(() -> repeat(() -> benchmark.order(state, caller))));
      }
      for (Future<?> one : all) {
        one.get(60, SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    state.close();
  }

  private static void repeat(Runnable call) {
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "hotdeal-log-direct, 1",
    "hotdeal-log-direct, 512",
    "hotdeal-claims-jedis, 1",
    "hotdeal-claims-jedis, 512",
    "hotdeal-claims-lettuce, 1",
    "hotdeal-claims-lettuce, 512",
    "hotdeal-memory, 1",
    "hotdeal-memory, 64",
  })
  @DisplayName("of batches counts the orders of a batch, and the stores hold what it sold")
  void batches(String strategy, int batch) {
    StrategyState state = open(strategy, 1);
    BatchSize size = new BatchSize();
    BatchSize.Orders orders = new BatchSize.Orders();
    size.batch = batch;

    new BatchBenchmark().sellAll(state, caller(state), size, orders);

    state.close();
    assertThat(orders.orders).isEqualTo(batch);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hotdeal-memory", "hotdeal-log-1m"})
  @DisplayName("of a sold-out deal gets only refusals")
  void soldOut(String strategy) {
    SoldOutBenchmark.SoldOutDeal deal = new SoldOutBenchmark.SoldOutDeal();
    deal.strategy = strategy;
    deal.sellOut();
    SoldOutBenchmark benchmark = new SoldOutBenchmark();

    assertThat(benchmark.firstAttempt(deal)).isEqualTo(Answer.SOLD_OUT);
    assertThat(benchmark.firstAttemptAsync(deal).toCompletableFuture().join())
        .isEqualTo(Answer.SOLD_OUT);
    assertThat(benchmark.retry(deal)).isEqualTo(Answer.SOLD_OUT);

    deal.close();
  }

  @Test
  @DisplayName("fails when the stores lack a sale that was acknowledged")
  void lost() {
    StrategyState state = open("hotdeal-memory", 1);
    OrderSource source = state.newSource();
    state.sell(source);
    state.acknowledge(0, Answer.SOLD);

    assertThatIllegalStateException()
        .isThrownBy(state::close)
        .withMessageContaining("2 units of")
        .withMessageContaining("acknowledged, but the stores hold 1");
  }

  @Test
  @DisplayName("fails when the stores hold a sale that was never acknowledged")
  void unknown() {
    StrategyState state = open("hotdeal-memory", 1);
    state.strategy().sell(state.newSource().order(0));

    assertThatIllegalStateException()
        .isThrownBy(state::close)
        .withMessageContaining("0 units of")
        .withMessageContaining("acknowledged, but the stores hold 1");
  }

  @Test
  @DisplayName("fails when an order is refused")
  void refused() {
    StrategyState state = open("hotdeal-memory", 1);

    assertThatIllegalStateException()
        .isThrownBy(() -> state.acknowledge(0, Answer.SOLD_OUT))
        .withMessage("not sold: SOLD_OUT");
    state.close();
  }
}
