package io.hotdeal.jmh.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hotdeal.jmh.load.FaultyMemoryStrategy.Mistake;
import io.hotdeal.jmh.strategy.Strategies;
import io.hotdeal.jmh.strategy.StrategyFactory;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A fleet of processes")
final class ProcessRunnerTest {

  private static final LoadProfile LOAD =
      LoadProfile.closed(LoadModel.BLOCKING, 4).withInstances(2).withDeals(2);

  private static RunStores stores;

  private final ProcessRunner runner = runner(ProcessRunnerTest::named);

  @BeforeAll
  static void start() {
    stores = new RunStores("postgresql", "embedded", true);
  }

  @AfterAll
  static void stop() {
    stores.close();
  }

  @AfterEach
  void end() {
    runner.close();
  }

  private static ProcessRunner runner(Function<String, StrategyFactory> strategies) {
    Progress progress = new Progress(new PrintStream(OutputStream.nullOutputStream()));
    return new ProcessRunner(strategies, stores, progress, 3);
  }

  /** One of them is unknown in the other processes. */
  private static StrategyFactory named(String name) {
    return name.equals("memory")
        ? FaultyMemoryStrategy.factory(new FaultyMemoryStrategy(Mistake.NONE))
        : Strategies.named(name);
  }

  private RoundResult run(String text, int round) throws InterruptedException {
    Scenario scenario = ScenarioParser.parse(text, LOAD);
    return runner.run(scenario, round, Duration.ofMillis(100), Duration.ofMillis(500));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hotdeal-log", "hotdeal-log/async", "hotdeal-log/rate=200", "skip-locked"})
  @DisplayName("sells what the stores then hold, and counts what it was told and what it called")
  void exact(String text) throws InterruptedException {
    RoundResult result = run(text, 1);

    assertThat(result.problems()).isEmpty();
    assertThat(result.rows()).isEqualTo(result.sold()).isPositive();
    assertThat(result.counted()).isPositive();
    assertThat(result.latencies().getTotalCount()).isPositive();
    assertThat(result.storeCalls().connections()).isPositive();
    assertThat(result.storeCalls().commits()).isPositive();
  }

  @Test
  @DisplayName("sells no more than the stock, and is told of refusals")
  void scarce() throws InterruptedException {
    RoundResult result = run("hotdeal-log/stock=20", 1);

    assertThat(result.problems()).isEmpty();
    assertThat(result.sold()).isEqualTo(40);
    assertThat(result.soldOut()).isPositive();
  }

  @Test
  @DisplayName("is told why a process failed, and starts anew")
  void failure() throws InterruptedException {
    assertThat(run("hotdeal-log", 0).problems()).isEmpty();

    assertThatIllegalStateException()
        .isThrownBy(() -> run("memory", 1))
        .withMessageContaining("no strategy is called memory");

    assertThat(run("hotdeal-log", 1).problems()).isEmpty();
  }
}
