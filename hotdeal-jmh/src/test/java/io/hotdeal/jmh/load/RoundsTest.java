package io.hotdeal.jmh.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Rounds")
final class RoundsTest {

  private static final LoadProfile SHAPE = LoadProfile.closed(LoadModel.BLOCKING, 10);
  private static final Scenario A = new Scenario("a", SHAPE);
  private static final Scenario B = new Scenario("b", SHAPE);
  private static final Scenario C = new Scenario("c", SHAPE);

  private static RoundResult result(Scenario scenario, int round, long counted, long millis) {
    Histogram latencies = new Histogram(2);
    latencies.recordValue(Duration.ofMillis(millis).toNanos());
    return new RoundResult(
        scenario,
        round,
        counted,
        1,
        counted,
        0,
        0,
        0,
        counted,
        CallCounts.NONE,
        latencies,
        List.of());
  }

  private static List<RoundResult> results(Scenario scenario, long... counted) {
    return IntStream.range(0, counted.length)
        .mapToObj(i -> result(scenario, i + 1, counted[i], counted[i]))
        .toList();
  }

  private static List<RoundResult> both(List<RoundResult> one, List<RoundResult> other) {
    List<RoundResult> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  @Test
  @DisplayName(
      "run each scenario once per round, starting with another one, after one warm-up per strategy")
  void inTurns() throws InterruptedException {
    List<String> ran = new ArrayList<>();
    ScenarioRunner runner =
        (scenario, round, leadIn, time) -> {
          ran.add(round + scenario.strategy());
          return result(scenario, round, 1, 1);
        };
    Scenario spread = new Scenario("a", SHAPE.withDeals(7));

    List<RoundResult> results =
        new Rounds(2, Duration.ofSeconds(9), Duration.ZERO, Duration.ofSeconds(1))
            .run(
                List.of(A, B, spread),
                runner,
                new Progress(new PrintStream(OutputStream.nullOutputStream())));

    assertThat(ran).containsExactly("0a", "0b", "1a", "1b", "1a", "2b", "2a", "2a");
    assertThat(results).hasSize(6);
  }

  @Test
  @DisplayName("continue with the other scenarios if one fails, whose result is void")
  void brokenOff() throws InterruptedException {
    ScenarioRunner runner =
        (scenario, round, leadIn, time) -> {
          if (scenario.equals(B)) {
            throw new IllegalStateException("the store is gone");
          }
          return result(scenario, round, 1, 1);
        };

    List<RoundResult> results =
        new Rounds(1, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1))
            .run(
                List.of(A, B, C),
                runner,
                new Progress(new PrintStream(OutputStream.nullOutputStream())));

    assertThat(results).extracting(RoundResult::isVoid).containsExactly(false, true, false);
    assertThat(results.get(1).problems().get(0)).contains("the store is gone");
  }

  @Test
  @DisplayName(
      "are compared one by one: median ratio, and the smallest as the worst if more is better")
  void ratios() {
    List<RoundResult> results = both(results(A, 100, 90, 600), results(B, 50, 10, 100));

    Comparison comparison = Comparison.of(results, A, B, Metric.PER_SECOND, null);

    assertThat(comparison.values()).containsExactly(2.0, 9.0, 6.0);
    assertThat(comparison.median()).isEqualTo(6);
    assertThat(comparison.worst()).isEqualTo(2);
  }

  @Test
  @DisplayName(
      "are compared by latency with the greatest ratio as the worst, and the median for the bound")
  void latencies() {
    List<RoundResult> results = both(results(A, 100, 90, 600), results(B, 50, 10, 100));

    Comparison comparison = Comparison.of(results, A, B, Metric.P99, Bound.atMost(6.5));

    assertThat(comparison.worst()).isCloseTo(9, within(0.2));
    assertThat(comparison.isMissed()).isFalse();
    assertThat(comparison.isKeptByEveryRound()).isFalse();
  }

  @Test
  @DisplayName("have the mean of the middle two as the median of an even number of values")
  void even() {
    assertThat(Median.of(List.of(4.0, 1.0, 3.0, 100.0))).isEqualTo(3.5);
    assertThat(Median.of(List.of())).isNaN();
  }

  @Test
  @DisplayName("choose the baseline with the greatest median as the fastest")
  void best() {
    List<RoundResult> results = both(results(B, 1, 1, 900), results(C, 3, 3, 3));

    assertThat(RoundResult.fastest(results, List.of(B, C))).isEqualTo(C);
  }

  @Test
  @DisplayName("void a comparison and miss its bound if any result is void, even that of a warm-up")
  void voided() {
    RoundResult bad =
        new RoundResult(
            B,
            0,
            1,
            1,
            1,
            0,
            0,
            0,
            0,
            CallCounts.NONE,
            new Histogram(2),
            List.of("1 unit was lost"));
    List<RoundResult> results = both(both(results(A, 100), results(B, 1)), List.of(bad));

    Comparison comparison = Comparison.of(results, A, B, Metric.PER_SECOND, Bound.atLeast(75));

    assertThat(comparison.isVoid()).isTrue();
    assertThat(comparison.isMissed()).isTrue();
    assertThat(ScenarioResult.of(results).get(1).isVoid()).isTrue();
  }

  @Test
  @DisplayName("read the rate that redis-benchmark prints, with or without its header")
  void redisBenchmark() {
    String row = "\"DECR counter\",\"45662.10\",\"0.590\"";

    assertThat(RedisBenchmarkProgram.perSecond(row)).isEqualTo(45662.10);
    assertThat(RedisBenchmarkProgram.perSecond("\"test\",\"rps\"\n" + row)).isEqualTo(45662.10);
  }
}
