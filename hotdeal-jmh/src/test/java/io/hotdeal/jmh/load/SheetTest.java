package io.hotdeal.jmh.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.jmh.strategy.Strategy.Answer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A caller's sheet")
final class SheetTest {

  private static final Window WINDOW = new Window(0, 100, 200);

  private final Sheet sheet = new Sheet(WINDOW, 2);

  private Sheet.Count count() {
    return Sheet.sum(List.of(sheet, new Sheet(WINDOW, 2)), 2);
  }

  @Test
  @DisplayName("counts in time what is answered in the window, and remembers every sale")
  void answers() {
    sheet.answered(Answer.SOLD, 1, 40, 99);
    sheet.answered(Answer.SOLD, 0, 40, 100);
    sheet.answered(Answer.SOLD, 1, 110, 199);
    sheet.answered(Answer.SOLD, 1, 110, 200);
    sheet.answered(Answer.SOLD_OUT, 1, 110, 150);

    Sheet.Count count = count();

    assertThat(count.soldInTime()).isEqualTo(2);
    assertThat(count.sold()).isEqualTo(4);
    assertThat(count.soldOfDeal()).containsExactly(1L, 3L);
    assertThat(count.soldOut()).isEqualTo(1);
    assertThat(count.soldOutInTime()).isEqualTo(1);
    assertThat(sheet.answeredSoFar()).isEqualTo(5);
  }

  @Test
  @DisplayName("times orders that start in the window, however late their answer")
  void latencies() {
    sheet.answered(Answer.SOLD, 0, 99, 150);
    sheet.answered(Answer.SOLD, 0, 199, 1_000_199);

    assertThat(count().latencies().getTotalCount()).isEqualTo(1);
    assertThat(count().latencies().getMaxValue()).isGreaterThanOrEqualTo(1_000_000);
  }

  @Test
  @DisplayName("counts every error and keeps a few of their messages")
  void errors() {
    for (int i = 0; i < 50; i++) {
      sheet.failed(new IllegalStateException("no " + i));
    }

    assertThat(count().errors()).isEqualTo(50);
    assertThat(count().messages()).hasSize(3).allMatch(it -> it.contains("no "));
  }

  @Test
  @DisplayName("counts a drop if the order was due in the window")
  void drops() {
    sheet.dropped(50);
    sheet.dropped(150);

    assertThat(count().dropped()).isEqualTo(1);
  }
}
