package io.hotdeal.jmh.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hotdeal.Order;
import io.hotdeal.jmh.load.FaultyMemoryStrategy.Mistake;
import io.hotdeal.jmh.strategy.Strategies;
import io.hotdeal.jmh.strategy.Strategy;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A scenario in a round")
final class StrategyRunnerTest {

  private static final Duration LEAD_IN = Duration.ofMillis(20);
  private static final Duration TIME = Duration.ofMillis(150);

  /** Enough orders to show every mistake of a strategy. */
  private static final long ENOUGH = 50;

  private static RoundResult run(Strategy strategy, LoadProfile profile)
      throws InterruptedException {
    return run(strategy, profile, TIME);
  }

  private static RoundResult run(Strategy strategy, LoadProfile profile, Duration time)
      throws InterruptedException {
    try (RunStores stores = new RunStores("h2", "embedded", false)) {
      StrategyRunner runner =
          new StrategyRunner(
              name -> FaultyMemoryStrategy.factory(strategy),
              stores,
              new Progress(new PrintStream(OutputStream.nullOutputStream())));
      return runner.run(new Scenario("memory", profile), 1, LEAD_IN, time);
    }
  }

  /** Runs for longer as long as a busy machine leaves the callers too little time. */
  private static RoundResult runUntilEnoughCame(Supplier<Strategy> maker, LoadProfile profile)
      throws InterruptedException {
    for (Duration time = TIME; ; time = time.multipliedBy(2)) {
      RoundResult result = run(maker.get(), profile, time);
      if (result.sold() + result.soldOut() + result.errors() >= ENOUGH) {
        return result;
      }
    }
  }

  private static LoadProfile profile(LoadModel model) {
    LoadProfile closed =
        LoadProfile.closed(model.isAsync() ? LoadModel.ASYNC : LoadModel.BLOCKING, 3).withDeals(2);
    return model.isOpen() ? closed.withRate(2_000) : closed;
  }

  @Nested
  @DisplayName("counts exactly")
  final class Counts {

    @ParameterizedTest
    @EnumSource(LoadModel.class)
    @DisplayName("what was sold, in every load model")
    void exactly(LoadModel model) throws InterruptedException {
      RoundResult result =
          runUntilEnoughCame(() -> new FaultyMemoryStrategy(Mistake.NONE), profile(model));

      assertThat(result.problems()).isEmpty();
      assertThat(result.rows()).isEqualTo(result.sold()).isPositive();
      assertThat(result.counted()).isLessThanOrEqualTo(result.sold());
      assertThat(result.latencies().getTotalCount()).isLessThanOrEqualTo(result.sold());
      assertThat(result.scenario().profile().model()).isEqualTo(model);
    }

    @ParameterizedTest
    @EnumSource(LoadModel.class)
    @DisplayName("what several instances sold together, in every load model")
    void together(LoadModel model) throws InterruptedException {
      RoundResult result =
          runUntilEnoughCame(
              () -> new FaultyMemoryStrategy(Mistake.NONE), profile(model).withInstances(2));

      assertThat(result.problems()).isEmpty();
      assertThat(result.rows()).isEqualTo(result.sold()).isPositive();
    }

    @Test
    @DisplayName("all orders that are due in an open loop, as sold or dropped")
    void due() throws InterruptedException {
      Window window = Window.startingNow(Duration.ZERO, Duration.ofMillis(100));
      Schedule schedule = new Schedule(10_000, 5);
      DealsOnSale onSale = new DealsOnSale(1, 1_000_000);
      SlowStrategy strategy = new SlowStrategy();
      strategy.open(onSale.deals());
      List<Caller> callers =
          IntStream.range(0, 2)
              .<Caller>mapToObj(i -> new OpenLoopCaller(strategy, onSale.newSource(), schedule))
              .toList();

      CallerStats.Total count =
          CallerStats.sum(CallerThreads.start(callers, window, 1).awaitEnd(window), 1);

      assertThat(count.sold() + count.dropped()).isEqualTo(1_000);
      assertThat(count.dropped()).isPositive();
    }
  }

  @Nested
  @DisplayName("is void if")
  final class IsVoid {

    @ParameterizedTest
    @EnumSource(value = Mistake.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    @DisplayName("the strategy makes a mistake")
    void errs(Mistake mistake) throws InterruptedException {
      LoadProfile profile = profile(LoadModel.BLOCKING);
      LoadProfile scarce = mistake == Mistake.OVERSOLD ? profile.withStock(5) : profile;

      RoundResult result = runUntilEnoughCame(() -> new FaultyMemoryStrategy(mistake), scarce);

      assertThat(result.isVoid()).isTrue();
      assertThat(result.problems().get(0))
          .contains(
              switch (mistake) {
                case LOST -> "acknowledged, but the stores hold";
                case OVERSOLD -> "sold, of 5";
                case FAILED -> "errors: java.lang.IllegalStateException: the tenth fails";
                default -> "refused of deals that do not sell out";
              });
    }
  }

  @Test
  @DisplayName("sells exactly the stock if units are scarce, without a problem")
  void scarce() throws InterruptedException {
    RoundResult result =
        run(new FaultyMemoryStrategy(Mistake.NONE), profile(LoadModel.BLOCKING).withStock(50));

    assertThat(result.problems()).isEmpty();
    assertThat(result.sold()).isEqualTo(result.rows()).isLessThanOrEqualTo(100);
    assertThat(result.soldOut() == 0 || result.sold() == 100).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"BLOCKING", "ASYNC"})
  @DisplayName("counts the refusals of a sold-out deal, and no store call")
  void soldOut(LoadModel model) throws InterruptedException {
    RoundResult result =
        run(new FaultyMemoryStrategy(Mistake.NONE), profile(model).withStock(LoadProfile.SOLD_OUT));

    assertThat(result.problems()).isEmpty();
    assertThat(result.sold()).isZero();
    assertThat(result.rows()).isEqualTo(2);
    assertThat(result.soldOut()).isPositive();
    assertThat(result.counted()).isLessThanOrEqualTo(result.soldOut());
    assertThat(result.storeCalls().total()).isZero();
  }

  @Test
  @DisplayName(
      "measures latency in an open loop from when an order was due, not from when it began")
  void lateFromWhenItWasDue() throws InterruptedException {
    RoundResult result =
        run(new SlowStrategy(), LoadProfile.closed(LoadModel.BLOCKING, 1).withRate(1_000));

    long served = TIME.toMillis() / SlowStrategy.MILLIS;
    assertThat(result.counted()).isLessThanOrEqualTo(served + 1);
    assertThat(result.latency(100)).isGreaterThan((double) TIME.toNanos());
  }

  @Test
  @DisplayName("rejects a round-trip time for a database without a network")
  void noNetwork() {
    try (RunStores stores = new RunStores("h2", "embedded", false)) {
      ScenarioStores far = stores.forScenario(profile(LoadModel.BLOCKING).withRoundTripMillis(0.5));

      assertThatIllegalArgumentException()
          .isThrownBy(far::unpooled)
          .withMessage(
              "a round-trip time of 0.5 ms cannot be added: the JDBC URL names no //host:port");
    }
  }

  @Test
  @DisplayName("is exact for hotdeal's own strategies, over real stores")
  void hotdeal() throws InterruptedException {
    try (RunStores stores = new RunStores("h2", "embedded", false)) {
      StrategyRunner runner =
          new StrategyRunner(
              Strategies::named,
              stores,
              new Progress(new PrintStream(OutputStream.nullOutputStream())));
      for (String text :
          List.of(
              "hotdeal-log",
              "hotdeal-log/async",
              "hotdeal-log/instances=3",
              "hotdeal-log/instances=3/async/deals=5",
              "hotdeal-log-1m/instances=2/sold-out",
              "conditional-update-1/instances=3/stock=20",
              "hotdeal-log-1m/sold-out",
              "hotdeal-log-direct",
              "hotdeal-gated-jedis/async",
              "hotdeal-gated-lettuce/stock=20",
              "hotdeal-claims-jedis/async",
              "hotdeal-claims-lettuce")) {
        Scenario scenario = ScenarioParser.parse(text, LoadProfile.closed(LoadModel.BLOCKING, 8));

        RoundResult result = runner.run(scenario, 1, Duration.ZERO, TIME);

        assertThat(result.problems()).as(text).isEmpty();
        assertThat(result.rows()).as(text).isPositive();
        assertThat(result.storeCalls().total() > 0 && scenario.profile().isSoldOut())
            .as(text)
            .isFalse();
      }
    }
  }

  /** Takes {@link #MILLIS} for each order, never less. */
  private static final class SlowStrategy extends FaultyMemoryStrategy {

    static final long MILLIS = 5;

    SlowStrategy() {
      super(Mistake.NONE);
    }

    @Override
    public Answer sell(Order order) {
      try {
        Schedule.waitUntil(System.nanoTime() + MILLIS * 1_000_000);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return super.sell(order);
    }
  }
}
