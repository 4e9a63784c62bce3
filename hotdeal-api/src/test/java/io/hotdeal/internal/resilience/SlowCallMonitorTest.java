package io.hotdeal.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.HotDealListener.Store;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.testkit.ManualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The monitor of slow calls")
class SlowCallMonitorTest implements SlowCallMonitor.Listener {

  private final ManualTimer timer = new ManualTimer();
  private final List<String> heard = new ArrayList<>();
  private final SlowCallMonitor monitor =
      new SlowCallMonitor(
          new SlowCallMonitor.Rules(
              Store.ORDER_LOG, Duration.ofSeconds(1), SlowCallMonitor.Scope.DEAL),
          () -> 0,
          timer,
          EventPublisher.NONE);

  @AfterEach
  void end() {
    timer.shutdownNow();
  }

  @Override
  public void slow(String dealId) {
    heard.add("slow " + dealId);
  }

  @Override
  public void ended() {
    heard.add("ended");
  }

  @Test
  @DisplayName("reports a slow call once, and its end")
  void slowCall() {
    monitor.setListener(this);
    String answer =
        monitor.time(
            "deal",
            () -> {
              timer.runUpTo(1_000);
              timer.runUpTo(1_000);
              assertThat(heard).containsExactly("slow deal");
              return "late";
            });
    assertThat(answer).isEqualTo("late");
    assertThat(heard).containsExactly("slow deal", "ended");
  }

  @Test
  @DisplayName("does not report a call that ends in time")
  void inTime() {
    monitor.setListener(this);
    assertThat(monitor.time("deal", () -> "answer")).isEqualTo("answer");
    assertThat(timer.waiting()).isZero();
    assertThat(heard).isEmpty();
  }
}
