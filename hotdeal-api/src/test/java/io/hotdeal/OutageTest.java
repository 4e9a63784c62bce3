package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("In an outage a store")
class OutageTest {

  private static final String DEAL = "prod-001";

  private final AtomicLong nanos = new AtomicLong();
  private final ManualTimer timer = new ManualTimer();
  private final Outage outage =
      new Outage(
          "store",
          new Outage.Rules(Duration.ofNanos(100), Duration.ofNanos(500), Outage.Scope.DEAL),
          nanos::get,
          timer);

  private void fail() {
    Supplier<String> failing =
        () -> {
          throw new OutcomeUnknownException("hangs");
        };
    assertThatThrownBy(() -> outage.watch(failing)).isInstanceOf(OutcomeUnknownException.class);
  }

  @Test
  @DisplayName("is asked by one order per pause, and by all once it answered")
  void oneOrderPerPause() {
    assertThat(outage.refusal(DEAL)).isNull();
    fail();
    assertThat(outage.refusal(DEAL)).hasMessageContaining("store").hasMessageContaining("hangs");
    nanos.addAndGet(100);
    assertThat(outage.refusal(DEAL)).as("the one that may ask").isNull();
    assertThat(outage.refusal(DEAL)).as("another, if the first does not").isNull();
    outage.asking();
    assertThat(outage.refusal(DEAL)).as("the next one").isNotNull();
    fail();
    nanos.addAndGet(99);
    assertThat(outage.refusal(DEAL)).isNotNull();
    nanos.addAndGet(1);
    assertThat(outage.refusal(DEAL)).isNull();
    assertThat(outage.watch(() -> "answer")).isEqualTo("answer");
    assertThat(outage.refusal(DEAL)).isNull();
  }

  @Test
  @DisplayName("that hangs is left alone until its call ends")
  void hangs() {
    String answer =
        outage.timed(
            DEAL,
            () -> {
              nanos.addAndGet(499);
              assertThat(outage.refusal(DEAL)).as("slow, not hung").isNull();
              nanos.addAndGet(1);
              assertThat(outage.refusal(DEAL))
                  .hasMessageContaining("store")
                  .hasMessageContaining("PT0.0000005S");
              nanos.addAndGet(1_000);
              assertThat(outage.refusal(DEAL)).as("nobody else asks meanwhile").isNotNull();
              assertThat(outage.refusal("another")).as("another deal may").isNull();
              assertThat(outage.mayProbe(DEAL)).isFalse();
              return "late";
            });
    assertThat(answer).isEqualTo("late");
    assertThat(outage.refusal(DEAL)).isNull();
  }

  @Test
  @DisplayName("has answered where it says that a deal is unknown")
  void anErrorThatIsAnAnswer() {
    Supplier<String> unknown =
        () -> {
          throw new UnknownDealException("deal");
        };
    assertThatThrownBy(() -> outage.watch(unknown)).isInstanceOf(UnknownDealException.class);
    assertThat(outage.refusal(DEAL)).isNull();
  }
}
