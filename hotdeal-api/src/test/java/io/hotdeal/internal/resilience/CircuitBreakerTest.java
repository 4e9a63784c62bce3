package io.hotdeal.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.HotDealListener.Store;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.UnknownDealException;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.testkit.ManualTimer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("In an breaker a store")
class CircuitBreakerTest {

  private static final String DEAL = "prod-001";

  private final AtomicLong nanos = new AtomicLong();
  private final ManualTimer timer = new ManualTimer();
  private final CircuitBreaker breaker =
      new CircuitBreaker(
          Store.ORDER_LOG,
          Duration.ofNanos(100),
          nanos::get,
          new SlowCallMonitor(
              new SlowCallMonitor.Rules(
                  Store.ORDER_LOG, Duration.ofNanos(500), SlowCallMonitor.Scope.DEAL),
              nanos::get,
              timer,
              EventPublisher.NONE),
          EventPublisher.NONE);

  private void fail() {
    Supplier<String> failing =
        () -> {
          throw new OutcomeUnknownException("hangs");
        };
    assertThatThrownBy(() -> breaker.execute(failing)).isInstanceOf(OutcomeUnknownException.class);
  }

  @Test
  @DisplayName("is asked by one order per pause, and by all once it answered")
  void oneOrderPerPause() {
    assertThat(breaker.refusal(DEAL)).isNull();
    fail();
    assertThat(breaker.refusal(DEAL))
        .hasMessageContaining("order log")
        .hasMessageContaining("hangs");
    nanos.addAndGet(100);
    assertThat(breaker.refusal(DEAL)).as("the one that may ask").isNull();
    assertThat(breaker.refusal(DEAL)).as("another, if the first does not").isNull();
    breaker.startProbe();
    assertThat(breaker.refusal(DEAL)).as("the next one").isNotNull();
    fail();
    nanos.addAndGet(99);
    assertThat(breaker.refusal(DEAL)).isNotNull();
    nanos.addAndGet(1);
    assertThat(breaker.refusal(DEAL)).isNull();
    assertThat(breaker.execute(() -> "answer")).isEqualTo("answer");
    assertThat(breaker.refusal(DEAL)).isNull();
  }

  @Test
  @DisplayName("that hangs is left alone until its call ends")
  void hangs() {
    String answer =
        breaker
            .slowCalls()
            .time(
                DEAL,
                () -> {
                  nanos.addAndGet(499);
                  assertThat(breaker.refusal(DEAL)).as("slow, not hung").isNull();
                  nanos.addAndGet(1);
                  assertThat(breaker.refusal(DEAL))
                      .hasMessageContaining("order log")
                      .hasMessageContaining("PT0.0000005S");
                  nanos.addAndGet(1_000);
                  assertThat(breaker.refusal(DEAL)).as("nobody else asks meanwhile").isNotNull();
                  assertThat(breaker.refusal("another")).as("another deal may").isNull();
                  assertThat(breaker.slowCallRefusal(DEAL)).isNotNull();
                  assertThat(breaker.tryProbe(DEAL)).isFalse();
                  return "late";
                });
    assertThat(answer).isEqualTo("late");
    assertThat(breaker.refusal(DEAL)).isNull();
  }

  @Test
  @DisplayName("has answered where it says that a deal is unknown")
  void anErrorThatIsAnAnswer() {
    Supplier<String> unknown =
        () -> {
          throw new UnknownDealException("deal");
        };
    assertThatThrownBy(() -> breaker.execute(unknown)).isInstanceOf(UnknownDealException.class);
    assertThat(breaker.refusal(DEAL)).isNull();
  }
}
