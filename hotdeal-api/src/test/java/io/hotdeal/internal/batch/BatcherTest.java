package io.hotdeal.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.HotDealListener.Store;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.testkit.ManualTimer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The batcher")
class BatcherTest {

  /** Runs what it is given only when told to, on this thread. */
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  private final List<List<String>> calls = new ArrayList<>();
  private final Batcher<String> batcher = batcher(this::answerIds);

  private static BatcherFactory batchers(
      int maxBatch, int maxCallsPerDeal, int maxPending, Executor executor) {
    return new BatcherFactory(
        Store.ORDER_LOG,
        new BatchPolicy(maxBatch, maxCallsPerDeal, maxPending, Duration.ZERO, Duration.ZERO),
        executor,
        EventPublisher.NONE);
  }

  private Batcher<String> batcher(Function<List<Order>, List<String>> call) {
    return batchers(4, 2, 9, tasks::add).create("test", call);
  }

  private List<String> answerIds(List<Order> orders) {
    calls.add(orders.stream().map(Order::id).toList());
    return orders.stream().map(order -> order.id() + "!").toList();
  }

  private void runAll() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private static Order order(String id) {
    return Order.of(id, "deal", "buyer", 1);
  }

  @Test
  @DisplayName("puts all that waits into one call, in order of arrival, up to the cap")
  void oneCall() {
    var answers = IntStream.range(0, 6).mapToObj(i -> batcher.submit(order("o" + i))).toList();
    runAll();
    assertThat(calls).containsExactly(List.of("o0", "o1", "o2", "o3"), List.of("o4", "o5"));
    assertThat(answers)
        .extracting(CompletableFuture::join)
        .containsExactly("o0!", "o1!", "o2!", "o3!", "o4!", "o5!");
  }

  @Test
  @DisplayName("has one call under way per deal where few wait, and none for an idle one")
  void oneUnderWay() {
    var unused = batcher.submit(order("a"));
    unused = batcher.submit(order("b"));
    assertThat(tasks).hasSize(1);
    unused = batcher.submit(Order.of("a", "other-deal", "buyer", 1));
    assertThat(tasks).hasSize(2);
    runAll();
    assertThat(calls).containsExactly(List.of("a", "b"), List.of("a"));
    unused = batcher.submit(order("c"));
    assertThat(tasks).hasSize(1);
    runAll();
    assertThat(calls).hasSize(3);
  }

  @Test
  @DisplayName("starts a second call, and no third, beside one under way once a crowd waits")
  void secondCall() {
    List<Integer> startedBeside = new ArrayList<>();
    AtomicReference<Batcher<String>> crowded = new AtomicReference<>();
    Function<List<Order>, List<String>> whileOthersCome =
        orders -> {
          if (calls.isEmpty()) {
            for (int i = 0; i < 3 * BatchPolicy.MIN_WAITING_FOR_ANOTHER_CALL; i++) {
              var unused = crowded.get().submit(order("later" + i));
              startedBeside.add(tasks.size());
            }
          }
          return answerIds(orders);
        };
    crowded.set(
        batchers(BatchPolicy.MIN_WAITING_FOR_ANOTHER_CALL, 2, 1_000, tasks::add)
            .create("test", whileOthersCome));
    var first = crowded.get().submit(order("first"));
    runAll();
    assertThat(first).isDone();
    assertThat(startedBeside.subList(0, BatchPolicy.MIN_WAITING_FOR_ANOTHER_CALL - 1))
        .containsOnly(0);
    assertThat(
            startedBeside.subList(
                BatchPolicy.MIN_WAITING_FOR_ANOTHER_CALL - 1,
                3 * BatchPolicy.MIN_WAITING_FOR_ANOTHER_CALL))
        .containsOnly(1);
    assertThat(calls).extracting(List::size).containsExactly(1, 64, 64, 64);
  }

  @Test
  @DisplayName("lets a call linger for company")
  void lingers() {
    try (Lingering lingering = new Lingering(Duration.ofMillis(20))) {
      lingering.submit("a", "b");
      assertThat(tasks).isEmpty();
      assertThat(lingering.timer.pauseMillis()).containsExactly(20L);
      lingering.submit("c");
      lingering.timer.runNext();
      runAll();
      assertThat(calls).containsExactly(List.of("a", "b", "c"));
      assertThat(lingering.timer.waiting()).isZero();
    }
  }

  @Test
  @DisplayName("lets a lingering call go when it is full, or when it is flushed")
  void lingersNoLonger() {
    try (Lingering lingering = new Lingering(Duration.ofMillis(20))) {
      lingering.submit("a", "b", "c");
      assertThat(tasks).isEmpty();
      lingering.submit("d");
      runAll();
      assertThat(calls).containsExactly(List.of("a", "b", "c", "d"));
      lingering.timer.runNext(); // comes too late for that call, and is none of its own
      assertThat(tasks).isEmpty();
      lingering.submit("e");
      assertThat(tasks).isEmpty();
      lingering.batcher.flush();
      lingering.submit("f");
      runAll();
      assertThat(calls).endsWith(List.of("e", "f"));
      lingering.submit("g");
      runAll();
      assertThat(calls).endsWith(List.of("g"));
    }
  }

  @Test
  @DisplayName(
      "tells those who wait only when no trace of the failed queue is left: they may return")
  void comesBackAtOnce() {
    AtomicBoolean rejects = new AtomicBoolean();
    Executor moody =
        task -> {
          if (rejects.getAndSet(false)) {
            throw new RejectedExecutionException();
          }
          tasks.add(task);
        };
    Batcher<String> moodily = batchers(4, 1, 9, moody).create("test", this::answerIds);
    var answers = new ArrayList<CompletableFuture<String>>();
    for (String id : List.of("a", "b", "c", "d", "e", "f")) {
      answers.add(
          moodily
              .submit(order(id))
              .exceptionallyCompose(refused -> moodily.submit(order(id + "-again"))));
    }
    rejects.set(true);
    runAll();
    assertThat(answers)
        .extracting(CompletableFuture::join)
        .containsExactly("a!", "b!", "c!", "d!", "e-again!", "f-again!");
  }

  @Test
  @DisplayName("lingers no longer than its timer, and only where it was told to")
  void lingersNot() {
    try (Lingering lingering = new Lingering(Duration.ofMillis(20))) {
      lingering.crowded = false;
      lingering.submit("a");
      runAll();
      lingering.crowded = true;
      lingering.timer.shutdownNow();
      lingering.submit("b");
      runAll();
    }
    try (Lingering never = new Lingering(Duration.ZERO)) {
      never.submit("c");
      runAll();
    }
    assertThat(calls).containsExactly(List.of("a"), List.of("b"), List.of("c"));
  }

  @Test
  @DisplayName("knows how many orders of a deal are pending: those that wait, and those in a call")
  void pending() {
    AtomicReference<Batcher<String>> asked = new AtomicReference<>();
    List<Integer> pending = new ArrayList<>();
    asked.set(
        batcher(
            orders -> {
              pending.add(asked.get().pending("deal"));
              return answerIds(orders);
            }));
    for (int i = 0; i < 6; i++) {
      var unused = asked.get().submit(order("o" + i));
    }
    assertThat(asked.get().pending("deal")).isEqualTo(6);
    assertThat(asked.get().pending("other-deal")).isZero();
    runAll();
    assertThat(pending).containsExactly(6, 2);
    assertThat(asked.get().pending("deal")).isZero();
  }

  @Test
  @DisplayName("asks once for an order that came twice, and answers both")
  void duplicates() {
    var first = batcher.submit(order("a"));
    var again = batcher.submit(order("a").asFirstAttempt());
    runAll();
    assertThat(calls).containsExactly(List.of("a"));
    assertThat(first.join()).isEqualTo(again.join());
  }

  @Test
  @DisplayName("leaves another order under the same id to a call of its own")
  void conflicts() {
    var answers =
        List.of(
            batcher.submit(order("a")),
            batcher.submit(Order.of("a", "deal", "thief", 1)),
            batcher.submit(order("b")));
    runAll();
    assertThat(calls).containsExactly(List.of("a"), List.of("a", "b"));
    assertThat(answers).allMatch(CompletableFuture::isDone);
  }

  @Test
  @DisplayName("refuses at its limit, where nothing has happened")
  void limit() {
    var waiting = IntStream.range(0, 9).mapToObj(i -> batcher.submit(order("o" + i))).toList();
    assertFails(batcher.submit(order("late")), NothingHappenedException.class, "9");
    runAll();
    assertThat(waiting).allMatch(CompletableFuture::isDone);
    assertThat(calls).hasSize(3);
  }

  @Test
  @DisplayName("fails only the batch whose call failed, with what it threw")
  void failures() {
    var failing =
        batcher(
            orders -> {
              if (orders.get(0).id().equals("o0")) {
                throw new NothingHappenedException("down");
              }
              return answerIds(orders);
            });
    var answers = IntStream.range(0, 5).mapToObj(i -> failing.submit(order("o" + i))).toList();
    runAll();
    answers.subList(0, 4).forEach(a -> assertFails(a, NothingHappenedException.class, "down"));
    assertThat(answers.get(4).join()).isEqualTo("o4!");
  }

  @Test
  @DisplayName("takes what it cannot classify, and a wrong number of answers, for unknown")
  void unknown() {
    var broken =
        batcher(
            orders -> {
              throw new IllegalStateException("bug");
            });
    var short1 = batcher(orders -> List.of());
    var answers = List.of(broken.submit(order("a")), short1.submit(order("a")));
    runAll();
    answers.forEach(a -> assertFails(a, OutcomeUnknownException.class, "test"));
  }

  @Test
  @DisplayName("refuses when its threads are gone")
  void shutDown() {
    Batcher<String> stopped =
        batchers(
                4,
                2,
                9,
                task -> {
                  throw new RejectedExecutionException();
                })
            .create("test", this::answerIds);
    assertFails(stopped.submit(order("a")), NothingHappenedException.class, "no thread");
    assertFails(stopped.submit(order("a")), NothingHappenedException.class, "no thread");
  }

  @Test
  @DisplayName("goes on with the next batch after a call that broke in any way")
  void goesOn() {
    var broken =
        batcher(
            orders -> {
              throw new StackOverflowError("in a driver");
            });
    var first = broken.submit(order("a"));
    runAll();
    var second = broken.submit(order("b"));
    runAll();
    assertFails(first, OutcomeUnknownException.class, "broke");
    assertFails(second, OutcomeUnknownException.class, "broke");
  }

  @Test
  @DisplayName("answers everybody exactly once while many threads submit")
  void manyThreads() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      Batcher<Order> concurrent = batchers(64, 3, 100_000, pool).create("test", List::copyOf);
      List<CompletableFuture<Order>> answers =
          IntStream.range(0, 20_000)
              .parallel()
              .mapToObj(i -> Order.of("o" + i, "deal-" + i % 3, "buyer", 1))
              .map(concurrent::submit)
              .toList();
      CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new)).get();
      assertThat(answers.stream().map(CompletableFuture::join).map(Order::id).distinct())
          .hasSize(20_000);
    } finally {
      pool.shutdownNow();
    }
  }

  private static void assertFails(
      CompletableFuture<?> answer, Class<? extends Exception> type, String message) {
    assertThatThrownBy(answer::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(type)
        .hasMessageContaining(message);
  }

  /** A batcher whose calls linger while the deal is crowded. */
  private final class Lingering implements AutoCloseable {
    final ManualTimer timer = new ManualTimer();
    boolean crowded = true;
    private final Batcher<String> batcher;

    Lingering(Duration linger) {
      FlushPolicy policy = FlushPolicy.lingering(linger, timer).onlyFor(dealId -> crowded);
      batcher = batchers(4, 2, 16, tasks::add).create("test", BatcherTest.this::answerIds, policy);
    }

    void submit(String... ids) {
      for (String id : ids) {
        var unused = batcher.submit(order(id));
      }
    }

    @Override
    public void close() {
      timer.shutdownNow();
    }
  }
}
