package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hotdeal.NothingHappenedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@DisplayName("A script runner that creates its client at the first call")
class LazyScriptRunnerTest {

  private final AtomicInteger asked = new AtomicInteger();

  @Test
  @DisplayName("asks its supplier again after a failure, and never after a success")
  void asksAgain() {
    LazyScriptRunner runner =
        new LazyScriptRunner(
            () -> {
              if (asked.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet", new IllegalStateException("no route"));
              }
              return new Answering();
            });
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> call(runner))
          .isInstanceOf(NothingHappenedException.class)
          .hasMessageContaining("not yet")
          .hasMessageContaining("no route");
      assertThat(runner.repeats()).as("may repeat while the client is unknown").isTrue();
    }
    assertThat(call(runner)).isEqualTo(List.of("ok"));
    assertThat(call(runner)).isEqualTo(List.of("ok"));
    assertThat(asked).hasValue(3);
    assertThat(runner.repeats()).isFalse();
  }

  @Test
  @DisplayName("makes one attempt at a time, whose failure all waiting callers get")
  void oneAttempt() throws InterruptedException {
    List<Thread> callers = new ArrayList<>();
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    LazyScriptRunner runner =
        new LazyScriptRunner(
            () -> {
              asked.incrementAndGet();
              awaitOthersWaiting(callers);
              throw new IllegalStateException("down");
            });
    for (int i = 0; i < 8; i++) {
      callers.add(new Thread(() -> failures.add(catchThrowable(() -> call(runner)))));
    }
    callers.forEach(Thread::start);
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(failures).hasSize(8).hasOnlyElementsOfType(NothingHappenedException.class);
    assertThat(asked).hasValue(1);
  }

  private static void awaitOthersWaiting(List<Thread> callers) {
    while (callers.stream()
        .filter(caller -> caller != Thread.currentThread())
        .anyMatch(caller -> caller.getState() != Thread.State.WAITING)) {
      LockSupport.parkNanos(100_000);
    }
  }

  @Test
  @DisplayName("throws an Error of the attempt to its caller, and tries again in the next call")
  void error() {
    LazyScriptRunner runner =
        new LazyScriptRunner(
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new NoClassDefFoundError("of a client");
              }
              return new Answering();
            });
    assertThatThrownBy(() -> call(runner)).isInstanceOf(NoClassDefFoundError.class);
    assertThat(call(runner)).isEqualTo(List.of("ok"));
  }

  private static List<?> call(LazyScriptRunner runner) {
    return runner.evalsha("sha", List.of(), List.of());
  }

  private record Answering() implements ScriptRunner {
    @Override
    public List<?> evalsha(String sha, List<String> keys, List<String> args) {
      return List.of("ok");
    }

    @Override
    public List<?> eval(String script, List<String> keys, List<String> args) {
      return List.of("ok");
    }

    @Override
    public boolean repeats() {
      return false;
    }
  }
}
