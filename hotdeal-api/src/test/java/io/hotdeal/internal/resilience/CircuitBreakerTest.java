package io.hotdeal.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.HotDealListener.Store;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.UnknownDealException;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.testkit.ManualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A circuit breaker")
class CircuitBreakerTest {

  private static final String DEAL = "prod-001";

  private final AtomicLong nanos = new AtomicLong();
  private final ManualTimer timer = new ManualTimer();
  private final CircuitBreaker breaker = breaker(nanos::get);

  private CircuitBreaker breaker(LongSupplier ticker) {
    return new CircuitBreaker(
        Store.ORDER_LOG,
        Duration.ofNanos(100),
        ticker,
        new SlowCallMonitor(
            new SlowCallMonitor.Rules(
                Store.ORDER_LOG, Duration.ofNanos(500), SlowCallMonitor.Scope.DEAL),
            ticker,
            timer,
            EventPublisher.NONE),
        EventPublisher.NONE);
  }

  private void fail() {
    fail(breaker);
  }

  private static void fail(CircuitBreaker breaker) {
    Supplier<String> failing =
        () -> {
          throw new OutcomeUnknownException("hangs");
        };
    assertThatThrownBy(() -> breaker.execute(failing)).isInstanceOf(OutcomeUnknownException.class);
  }

  @Test
  @DisplayName("allows one probe per open period after a failure, and all calls after a success")
  void oneOrderPerPause() {
    assertThat(breaker.refusal(DEAL)).isNull();
    fail();
    assertThat(breaker.refusal(DEAL))
        .hasMessageContaining("order log")
        .hasMessageContaining("hangs");
    nanos.addAndGet(100);
    assertThat(breaker.refusal(DEAL)).as("the probe").isNull();
    assertThat(breaker.refusal(DEAL)).as("another, before the probe starts").isNull();
    breaker.startProbe();
    assertThat(breaker.refusal(DEAL)).as("another, after the probe started").isNotNull();
    fail();
    nanos.addAndGet(99);
    assertThat(breaker.refusal(DEAL)).isNotNull();
    nanos.addAndGet(1);
    assertThat(breaker.refusal(DEAL)).isNull();
    assertThat(breaker.execute(() -> "answer")).isEqualTo("answer");
    assertThat(breaker.refusal(DEAL)).isNull();
  }

  @Test
  @DisplayName("allows the probe to one of two callers that ask for it at once")
  void oneOfTwo() {
    AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    CircuitBreaker contended =
        breaker(
            () -> {
              meanwhile.getAndSet(() -> {}).run();
              return nanos.get();
            });
    fail(contended);
    nanos.addAndGet(100);
    List<Boolean> allowed = new ArrayList<>();
    meanwhile.set(() -> allowed.add(contended.tryProbe(DEAL)));
    allowed.add(contended.tryProbe(DEAL));
    assertThat(allowed).containsExactly(true, false);
  }

  @Test
  @DisplayName("refuses calls of a deal during a slow call of that deal")
  void hangs() {
    String answer =
        breaker
            .slowCalls()
            .time(
                DEAL,
                () -> {
                  nanos.addAndGet(499);
                  assertThat(breaker.refusal(DEAL)).as("below the threshold").isNull();
                  nanos.addAndGet(1);
                  assertThat(breaker.refusal(DEAL))
                      .hasMessageContaining("order log")
                      .hasMessageContaining("PT0.0000005S");
                  nanos.addAndGet(1_000);
                  assertThat(breaker.refusal(DEAL)).as("long after the threshold").isNotNull();
                  assertThat(breaker.refusal("another")).as("another deal").isNull();
                  assertThat(breaker.slowCallRefusal(DEAL)).isNotNull();
                  assertThat(breaker.tryProbe(DEAL)).isFalse();
                  return "late";
                });
    assertThat(answer).isEqualTo("late");
    assertThat(breaker.refusal(DEAL)).isNull();
  }

  @Test
  @DisplayName("does not count UnknownDealException as a failure of the store")
  void anErrorThatIsAnAnswer() {
    Supplier<String> unknown =
        () -> {
          throw new UnknownDealException("deal");
        };
    assertThatThrownBy(() -> breaker.execute(unknown)).isInstanceOf(UnknownDealException.class);
    assertThat(breaker.refusal(DEAL)).isNull();
  }
}
