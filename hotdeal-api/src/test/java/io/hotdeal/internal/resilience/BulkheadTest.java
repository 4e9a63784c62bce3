package io.hotdeal.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.NothingHappenedException;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.testkit.ManualTimer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A bulkhead")
class BulkheadTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(8);
  private static final long CHECK_MILLIS = 1_000;

  private final AtomicLong nanos = new AtomicLong(Duration.ofDays(1).toNanos());
  private final ManualTimer timer = new ManualTimer();
  private final Bulkhead bulkhead =
      new Bulkhead(2, new Bulkhead.Timeout(TIMEOUT, nanos::get, timer, Runnable::run));

  @AfterEach
  void end() {
    timer.shutdownNow();
  }

  private CompletableFuture<String> start(CompletableFuture<String> task) {
    return bulkhead.start(() -> task);
  }

  private static void expectRefusal(CompletableFuture<?> answer, String why) {
    assertThatThrownBy(answer::join)
        .hasCauseInstanceOf(NothingHappenedException.class)
        .hasMessageContaining(why);
  }

  @Test
  @DisplayName("starts as many tasks as its limit, and another one once a task has ended")
  void limit() {
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<String> answer = start(first);
    assertThat(start(new CompletableFuture<>())).isNotDone();
    expectRefusal(start(new CompletableFuture<>()), "2 are under way already, the limit");
    first.complete("done");
    assertThat(answer).isCompletedWithValue("done");
    assertThat(start(new CompletableFuture<>())).isNotDone();
  }

  @Test
  @DisplayName("refuses each task once it is closed, for that reason")
  void closed() {
    assertThat(bulkhead.isClosed()).isFalse();
    bulkhead.close(System.nanoTime(), () -> new OutcomeUnknownException("closed"));
    assertThat(bulkhead.isClosed()).isTrue();
    for (int i = 0; i < 5; i++) {
      expectRefusal(start(new CompletableFuture<>()), "not started: closed");
    }
  }

  @Test
  @DisplayName("checks for time-outs eight times per time-out, with one check for all tasks")
  void checks() {
    assertThat(start(new CompletableFuture<>())).isNotDone();
    assertThat(start(new CompletableFuture<>())).isNotDone();
    assertThat(timer.pauseMillis()).containsExactly(CHECK_MILLIS);
    timer.runNext();
    assertThat(timer.waiting()).as("the next check").isOne();
  }

  @Test
  @DisplayName("checks nothing once no task is under way")
  void idle() {
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<String> second = new CompletableFuture<>();
    assertThat(start(first)).isNotDone();
    assertThat(start(second)).isNotDone();
    first.complete("done");
    assertThat(timer.waiting()).as("for the second").isOne();
    assertThat(timer.pauseMillis()).as("the same check as before").hasSize(1);
    second.complete("done");
    assertThat(timer.waiting()).isZero();
  }

  @Test
  @DisplayName("fails a task at its time-out, not before, and gives its permit to another task")
  void timesOut() {
    CompletableFuture<String> late = new CompletableFuture<>();
    CompletableFuture<String> answer = start(late);
    nanos.addAndGet(1);
    CompletableFuture<String> younger = start(new CompletableFuture<>());
    nanos.addAndGet(TIMEOUT.toNanos() - 2);
    timer.runNext();
    assertThat(answer).isNotDone();
    nanos.addAndGet(1);
    timer.runNext();
    assertThatThrownBy(answer::join)
        .hasCauseInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("PT8S");
    assertThat(younger).isNotDone();
    assertThat(start(new CompletableFuture<>())).isNotDone();
    late.complete("too late");
    expectRefusal(start(new CompletableFuture<>()), "2 are under way");
  }

  @Test
  @DisplayName(
      "removes a task that timed out: it is no longer checked, and close() does not wait for it")
  void removesTimedOut() {
    CompletableFuture<String> answer = start(new CompletableFuture<>());
    nanos.addAndGet(TIMEOUT.toNanos());
    timer.runNext();
    assertThat(answer).isCompletedExceptionally();
    assertThat(timer.waiting()).isZero();
    bulkhead.close(
        System.nanoTime() + Duration.ofMinutes(10).toNanos(),
        () -> new OutcomeUnknownException("closed"));
  }

  @Test
  @DisplayName("runs tasks without checks for time-outs if its timer is shut down")
  void timerEnded() {
    timer.shutdownNow();
    CompletableFuture<String> task = new CompletableFuture<>();
    CompletableFuture<String> answer = start(task);
    task.complete("done");
    assertThat(answer).isCompletedWithValue("done");
  }
}
