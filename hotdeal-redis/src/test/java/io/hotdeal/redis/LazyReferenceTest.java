package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.contract.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayName("A connection that all threads share")
class LazyReferenceTest {

  private static final int CALLERS = 8;

  private final AtomicInteger attempts = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CompletableFuture<String> connection = new CompletableFuture<>();
  private final LazyReference<String> shared =
      new LazyReference<>(
          () -> {
            attempts.incrementAndGet();
            begun.countDown();
            try {
              return connection.get();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            } catch (java.util.concurrent.ExecutionException e) {
              if (e.getCause() instanceof Error error) {
                throw error;
              }
              throw (RuntimeException) e.getCause();
            }
          });

  @Test
  @DisplayName("is made once for all concurrent callers")
  void once() throws Exception {
    List<FutureTask<String>> callers = callConcurrently();
    connection.complete("made");
    for (FutureTask<String> caller : callers) {
      assertThat(caller.get()).isEqualTo("made");
    }
    assertThat(shared.get()).isEqualTo("made");
    assertThat(attempts).hasValue(1);
  }

  @Test
  @DisplayName(
      "fails for all concurrent callers after one attempt, and the next caller makes another")
  void failsForAll() throws Exception {
    List<FutureTask<String>> callers = callConcurrently();
    connection.completeExceptionally(new NothingHappenedException("down"));
    for (FutureTask<String> caller : callers) {
      assertThatThrownBy(caller::get).hasCauseInstanceOf(NothingHappenedException.class);
    }
    assertThat(attempts).hasValue(1);
    assertThatThrownBy(shared::get).isInstanceOf(NothingHappenedException.class);
    assertThat(attempts).hasValue(2);
  }

  @Test
  @DisplayName("fails for all concurrent callers if the attempt throws an Error")
  void error() throws Exception {
    List<FutureTask<String>> callers = callConcurrently();
    connection.completeExceptionally(new NoClassDefFoundError("gone"));
    for (FutureTask<String> caller : callers) {
      assertThatThrownBy(caller::get)
          .rootCause()
          .satisfiesAnyOf(
              it -> assertThat(it).isInstanceOf(NoClassDefFoundError.class),
              it -> assertThat(it).isInstanceOf(NothingHappenedException.class));
    }
    assertThat(attempts).hasValue(1);
  }

  @Test
  @DisplayName("is dropped only if it is the current one, and made again by the next caller")
  void dropped() {
    shared.dropIf(it -> true, it -> assertThat(it).as("no connection was made").isNull());
    connection.complete("made");
    shared.get();
    List<String> ended = new ArrayList<>();
    shared.dropIf("another"::equals, ended::add);
    shared.get();
    assertThat(ended).isEmpty();
    assertThat(attempts).hasValue(1);
    shared.dropIf("made"::equals, ended::add);
    shared.dropIf("made"::equals, ended::add);
    assertThat(ended).containsExactly("made");
    shared.get();
    assertThat(attempts).hasValue(2);
  }

  @Test
  @DisplayName("is no longer awaited by a thread that is interrupted")
  void interrupted() throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<FutureTask<String>> callers = start(threads);
    threads.get(1).interrupt();
    assertThatThrownBy(callers.get(1)::get).hasCauseInstanceOf(NothingHappenedException.class);
    connection.complete("made");
    assertThat(callers.get(2).get()).isEqualTo("made");
  }

  @Test
  @DisplayName("is not attempted once per caller of a server that never replies, over Lettuce")
  void silentServer() {
    try (FakeRedis redis = FakeRedis.silent();
        Client.Connected connected = Client.LETTUCE.connect(redis.uri(), Duration.ofSeconds(2))) {
      List<Order> orders = List.of(Order.of("a", "deal", "x", 1));
      Race.run(
          CALLERS,
          IntStream.range(0, CALLERS).boxed().toList(),
          i ->
              assertThatThrownBy(() -> connected.counter().claim(orders))
                  .isInstanceOf(HotDealException.class));
      assertThat(redis.accepted()).isLessThan(CALLERS / 2);
    }
  }

  /** Returns when all callers wait, except the one that makes the attempt. */
  private List<FutureTask<String>> callConcurrently() throws InterruptedException {
    return start(new ArrayList<>());
  }

  private List<FutureTask<String>> start(List<Thread> threads) throws InterruptedException {
    List<FutureTask<String>> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      FutureTask<String> caller = new FutureTask<>(shared::get);
      callers.add(caller);
      Thread thread = new Thread(caller, "caller-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
      begun.await();
      while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
        Thread.onSpinWait();
      }
    }
    return callers;
  }
}
