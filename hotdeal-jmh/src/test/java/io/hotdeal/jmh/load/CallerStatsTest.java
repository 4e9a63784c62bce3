package io.hotdeal.jmh.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.jmh.strategy.Strategy.Answer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The statistics of a caller")
final class CallerStatsTest {

  private static final Window WINDOW = new Window(0, 100, 200);

  private final CallerStats stats = new CallerStats(WINDOW, 2);

  private CallerStats.Total count() {
    return CallerStats.sum(List.of(stats, new CallerStats(WINDOW, 2)), 2);
  }

  @Test
  @DisplayName("counts every sale, and separately the answers within the window")
  void answers() {
    stats.answered(Answer.SOLD, 1, 40, 99);
    stats.answered(Answer.SOLD, 0, 40, 100);
    stats.answered(Answer.SOLD, 1, 110, 199);
    stats.answered(Answer.SOLD, 1, 110, 200);
    stats.answered(Answer.SOLD_OUT, 1, 110, 150);

    CallerStats.Total count = count();

    assertThat(count.soldInTime()).isEqualTo(2);
    assertThat(count.sold()).isEqualTo(4);
    assertThat(count.acknowledged(new long[] {10, 0})).containsExactly(11, 3);
    assertThat(count.soldOut()).isEqualTo(1);
    assertThat(count.soldOutInTime()).isEqualTo(1);
    assertThat(stats.answeredSoFar()).isEqualTo(5);
  }

  @Test
  @DisplayName("records the latency of orders that start in the window, however late the answer is")
  void latencies() {
    stats.answered(Answer.SOLD, 0, 99, 150);
    stats.answered(Answer.SOLD, 0, 199, 1_000_199);

    assertThat(count().latencies().getTotalCount()).isEqualTo(1);
    assertThat(count().latencies().getMaxValue()).isGreaterThanOrEqualTo(1_000_000);
  }

  @Test
  @DisplayName("counts every error and keeps a few of their messages")
  void errors() {
    for (int i = 0; i < 50; i++) {
      stats.failed(new IllegalStateException("no " + i));
    }

    assertThat(count().errors()).isEqualTo(50);
    assertThat(count().messages()).hasSize(3).allMatch(it -> it.contains("no "));
  }

  @Test
  @DisplayName("counts a drop if the order was due in the window")
  void drops() {
    stats.dropped(50);
    stats.dropped(150);

    assertThat(count().dropped()).isEqualTo(1);
  }
}
