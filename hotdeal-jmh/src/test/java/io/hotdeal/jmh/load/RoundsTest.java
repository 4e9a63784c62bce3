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

  private static final Shape SHAPE = Shape.closed(Drive.BLOCKING, 10);
  private static final Contestant A = new Contestant("a", SHAPE);
  private static final Contestant B = new Contestant("b", SHAPE);
  private static final Contestant C = new Contestant("c", SHAPE);

  private static Slice slice(Contestant contestant, int round, long counted, long millis) {
    Histogram latencies = new Histogram(2);
    latencies.recordValue(Duration.ofMillis(millis).toNanos());
    return new Slice(
        contestant, round, counted, 1, counted, 0, 0, 0, counted, 0, latencies, List.of());
  }

  private static List<Slice> slices(Contestant contestant, long... counted) {
    return IntStream.range(0, counted.length)
        .mapToObj(i -> slice(contestant, i + 1, counted[i], counted[i]))
        .toList();
  }

  private static List<Slice> both(List<Slice> one, List<Slice> other) {
    List<Slice> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  @Test
  @DisplayName("run everybody once, each round beginning with another, after one warm-up each")
  void inTurns() throws InterruptedException {
    List<String> ran = new ArrayList<>();
    Course course =
        (contestant, round, leadIn, time) -> {
          ran.add(round + contestant.strategy());
          return slice(contestant, round, 1, 1);
        };
    Contestant spread = new Contestant("a", SHAPE.withDeals(7));

    List<Slice> slices =
        new Rounds(2, Duration.ofSeconds(9), Duration.ZERO, Duration.ofSeconds(1))
            .run(
                List.of(A, B, spread),
                course,
                new Progress(new PrintStream(OutputStream.nullOutputStream())));

    assertThat(ran).containsExactly("0a", "0b", "1a", "1b", "1a", "2b", "2a", "2a");
    assertThat(slices).hasSize(6);
  }

  @Test
  @DisplayName("go on with the others where one breaks off, which is void")
  void brokenOff() throws InterruptedException {
    Course course =
        (contestant, round, leadIn, time) -> {
          if (contestant.equals(B)) {
            throw new IllegalStateException("the store is gone");
          }
          return slice(contestant, round, 1, 1);
        };

    List<Slice> slices =
        new Rounds(1, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1))
            .run(
                List.of(A, B, C),
                course,
                new Progress(new PrintStream(OutputStream.nullOutputStream())));

    assertThat(slices).extracting(Slice::isVoid).containsExactly(false, true, false);
    assertThat(slices.get(1).problems().get(0)).contains("the store is gone");
  }

  @Test
  @DisplayName(
      "are compared one by one: the median of the ratios, and the least where more is better")
  void ratios() {
    List<Slice> slices = both(slices(A, 100, 90, 600), slices(B, 50, 10, 100));

    Comparison comparison = Comparison.of(slices, A, B, Metric.PER_SECOND, null);

    assertThat(comparison.ratios()).containsExactly(2.0, 9.0, 6.0);
    assertThat(comparison.median()).isEqualTo(6);
    assertThat(comparison.worst()).isEqualTo(2);
  }

  @Test
  @DisplayName("are worst where a latency is greatest")
  void latencies() {
    List<Slice> slices = both(slices(A, 100, 90, 600), slices(B, 50, 10, 100));

    Comparison comparison = Comparison.of(slices, A, B, Metric.P99, new Target("P7", 6.5, 5));

    assertThat(comparison.worst()).isCloseTo(9, within(0.2));
    assertThat(comparison.isMissed()).isFalse();
    assertThat(comparison.reaches(comparison.worst(), 6.5)).isFalse();
  }

  @Test
  @DisplayName("have the mean of the middle two as the median of an even number")
  void even() {
    assertThat(Figures.median(List.of(4.0, 1.0, 3.0, 100.0))).isEqualTo(3.5);
    assertThat(Figures.median(List.of())).isNaN();
  }

  @Test
  @DisplayName("choose as a baseline's best the one with the greatest median")
  void best() {
    List<Slice> slices = both(slices(B, 1, 1, 900), slices(C, 3, 3, 3));

    assertThat(Figures.best(slices, List.of(B, C))).isEqualTo(C);
  }

  @Test
  @DisplayName("void a comparison and its goal where one slice is void, be it a warm-up")
  void voided() {
    Slice bad =
        new Slice(B, 0, 1, 1, 1, 0, 0, 0, 0, 0, new Histogram(2), List.of("1 unit was lost"));
    List<Slice> slices = both(both(slices(A, 100), slices(B, 1)), List.of(bad));

    Comparison comparison =
        Comparison.of(slices, A, B, Metric.PER_SECOND, new Target("P1", 75, 150));

    assertThat(comparison.isVoid()).isTrue();
    assertThat(comparison.isMissed()).isTrue();
    assertThat(Result.of(slices).get(1).isVoid()).isTrue();
  }

  @Test
  @DisplayName("take redis-benchmark's word, with or without its header")
  void redisBenchmark() {
    String row = "\"DECR counter\",\"45662.10\",\"0.590\"";

    assertThat(RedisBenchmark.perSecond(row)).isEqualTo(45662.10);
    assertThat(RedisBenchmark.perSecond("\"test\",\"rps\"\n" + row)).isEqualTo(45662.10);
  }
}
