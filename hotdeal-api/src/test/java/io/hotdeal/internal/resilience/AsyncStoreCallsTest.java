package io.hotdeal.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.NothingHappenedException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An asynchronous store call")
class AsyncStoreCallsTest {

  @Test
  @DisplayName("without a result completes with true, once it was made by the executor")
  void run() {
    Queue<Runnable> threads = new ArrayDeque<>();
    AtomicInteger calls = new AtomicInteger();
    CompletableFuture<Boolean> answer =
        new AsyncStoreCalls(threads::add, null).run(calls::incrementAndGet);
    assertThat(answer).isNotDone();
    threads.remove().run();
    assertThat(answer).isCompletedWithValue(true);
    assertThat(calls).hasValue(1);
  }

  @Test
  @DisplayName("for which there is no thread fails, and nothing has happened")
  void rejected() {
    AsyncStoreCalls calls =
        new AsyncStoreCalls(
            call -> {
              throw new RejectedExecutionException("by the test");
            },
            null);
    assertThatThrownBy(calls.run(() -> {})::join)
        .hasCauseInstanceOf(NothingHappenedException.class);
  }
}
