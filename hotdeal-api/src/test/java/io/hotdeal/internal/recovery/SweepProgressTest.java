package io.hotdeal.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Reconciliation;
import io.hotdeal.Reconciliation.Outcome;
import io.hotdeal.internal.order.OrderRecovery.End;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The progress of a sweep")
class SweepProgressTest {

  @Test
  @DisplayName("reports the first ten different failures, each once, and whether it was cut short")
  void failuresOfASweep() {
    SweepProgress sweep = new SweepProgress("deal");
    for (int i = 0; i < 22; i++) {
      sweep.failed(new NothingHappenedException("failure " + i / 2));
    }
    assertThat(sweep.report(new Reconciliation("deal", Outcome.EXACT, 1, 1, 0)).failures())
        .hasSize(10)
        .extracting(HotDealException::getMessage)
        .contains("failure 0", "failure 9")
        .doesNotContain("failure 10");
    assertThat(sweep.isCutShort()).as("by failures of orders").isFalse();
    sweep.cutShort(new NothingHappenedException("no answer"));
    assertThat(sweep.isCutShort()).isTrue();
  }

  @Test
  @DisplayName("counts as unfinished what a store may return again: failed orders, and holds")
  void unfinished() {
    SweepProgress sweep = new SweepProgress("deal");
    for (End end : End.values()) {
      sweep.ended(end);
    }
    assertThat(sweep.unfinished()).isEqualTo(2);
    sweep.ended(End.HELD);
    sweep.ended(End.UNFINISHED);
    assertThat(sweep.unfinished()).isEqualTo(4);
  }
}
