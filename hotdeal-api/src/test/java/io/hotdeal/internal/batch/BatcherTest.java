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

  /** The tasks of the executor, which the test runs on its own thread. */
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  private final List<List<String>> calls = new ArrayList<>();
  private final Batcher<Order, String> batcher = batcher(this::answerIds);

  private static BatcherFactory batchers(
      int maxBatch, int maxCallsPerDeal, int maxPending, Executor executor) {
    return new BatcherFactory(
        Store.ORDER_LOG,
        new BatchPolicy(maxBatch, maxCallsPerDeal, maxPending, Duration.ZERO, Duration.ZERO),
        executor,
        EventPublisher.NONE);
  }

  private Batcher<Order, String> batcher(Function<List<Order>, List<String>> call) {
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
  @DisplayName("sends all waiting orders in one call, in order of arrival, up to maxBatch")
  void oneCall() {
    var answers = IntStream.range(0, 6).mapToObj(i -> batcher.submit(order("o" + i))).toList();
    runAll();
    assertThat(calls).containsExactly(List.of("o0", "o1", "o2", "o3"), List.of("o4", "o5"));
    assertThat(answers)
        .extracting(CompletableFuture::join)
        .containsExactly("o0!", "o1!", "o2!", "o3!", "o4!", "o5!");
  }

  @Test
  @DisplayName("has one call under way per deal while few orders wait, and none for an idle deal")
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
  @DisplayName("starts a second call, and no third, beside one under way if many orders wait")
  void secondCall() {
    List<Integer> startedBeside = new ArrayList<>();
    AtomicReference<Batcher<Order, String>> crowded = new AtomicReference<>();
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
  @DisplayName("delays a call, so that more orders can join it")
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
  @DisplayName("sends a delayed call early when it is full or flushed")
  void lingersNoLonger() {
    try (Lingering lingering = new Lingering(Duration.ofMillis(20))) {
      lingering.submit("a", "b", "c");
      assertThat(tasks).isEmpty();
      lingering.submit("d");
      runAll();
      assertThat(calls).containsExactly(List.of("a", "b", "c", "d"));
      lingering.timer.runNext(); // too late for that call, and must not send another one
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
      "fails waiting orders only after the failed queue is removed, so that they can be sent again")
  void sentAgainAtOnce() {
    AtomicBoolean rejects = new AtomicBoolean();
    Executor rejecting =
        task -> {
          if (rejects.getAndSet(false)) {
            throw new RejectedExecutionException();
          }
          tasks.add(task);
        };
    Batcher<Order, String> rejected = batchers(4, 1, 9, rejecting).create("test", this::answerIds);
    var answers = new ArrayList<CompletableFuture<String>>();
    for (String id : List.of("a", "b", "c", "d", "e", "f")) {
      answers.add(
          rejected
              .submit(order(id))
              .exceptionallyCompose(refused -> rejected.submit(order(id + "-again"))));
    }
    rejects.set(true);
    runAll();
    assertThat(answers)
        .extracting(CompletableFuture::join)
        .containsExactly("a!", "b!", "c!", "d!", "e-again!", "f-again!");
  }

  @Test
  @DisplayName(
      "delays no call if the deal is not crowded, the timer is shut down or the delay is zero")
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
  @DisplayName("counts the pending orders of a deal: those that wait and those in a call")
  void pending() {
    AtomicReference<Batcher<Order, String>> asked = new AtomicReference<>();
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
  @DisplayName("sends an order once that was submitted twice, and answers both")
  void duplicates() {
    var first = batcher.submit(order("a"));
    var again = batcher.submit(order("a").asFirstAttempt());
    runAll();
    assertThat(calls).containsExactly(List.of("a"));
    assertThat(first.join()).isEqualTo(again.join());
  }

  @Test
  @DisplayName("sends a different order with the same id in another call")
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
  @DisplayName("refuses orders beyond maxPending, and nothing happened to them")
  void limit() {
    var waiting = IntStream.range(0, 9).mapToObj(i -> batcher.submit(order("o" + i))).toList();
    assertFails(batcher.submit(order("late")), NothingHappenedException.class, "9");
    runAll();
    assertThat(waiting).allMatch(CompletableFuture::isDone);
    assertThat(calls).hasSize(3);
  }

  @Test
  @DisplayName("fails only the batch whose call failed, with the exception of the call")
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
  @DisplayName("treats an unexpected exception and a wrong number of answers as an unknown outcome")
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
  @DisplayName("refuses orders if its executor rejects the call")
  void shutDown() {
    Batcher<Order, String> stopped =
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
  @DisplayName("sends the next batch after a call that threw an Error")
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
  @DisplayName("answers each order with its own result while many threads submit orders")
  void manyThreads() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      Batcher<Order, Order> concurrent =
          batchers(64, 3, 100_000, pool).create("test", List::copyOf);
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

  /** A batcher that delays calls while {@code crowded} is set. */
  private final class Lingering implements AutoCloseable {
    final ManualTimer timer = new ManualTimer();
    boolean crowded = true;
    private final Batcher<Order, String> batcher;

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
