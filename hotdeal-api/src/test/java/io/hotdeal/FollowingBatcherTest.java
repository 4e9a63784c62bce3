package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A batcher that follows another one")
class FollowingBatcherTest {

  private static final int MAX_BATCH = 4;

  /** Runs what it is given only when told to, on this thread. */
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  private final List<List<Order>> calls = new ArrayList<>();
  private final Batcher<Order> leader =
      new Batcher<>("lead", List::copyOf, MAX_BATCH, 2, 100, tasks::add);
  private final Batcher<Order> follower =
      new Batcher<>("follow", this::call, MAX_BATCH, 2, 100, tasks::add);

  private List<Order> call(List<Order> orders) {
    calls.add(List.copyOf(orders));
    return orders;
  }

  @BeforeEach
  void follow() {
    follower.follow(leader);
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
  @DisplayName("calls at once where the other has no call of the deal under way")
  void atOnce() {
    var elsewhere = leader.submit(Order.of("o", "other-deal", "buyer", 1));
    var answer = follower.submit(order("a"));
    assertThat(tasks).hasSize(2);
    runAll();
    assertThat(elsewhere).isDone();
    assertThat(answer).isDone();
  }

  @Test
  @DisplayName("gathers who comes while the other has one, and calls when that is over")
  void gathers() {
    var ahead = leader.submit(order("ahead"));
    var answers = IntStream.range(0, 3).mapToObj(i -> follower.submit(order("o" + i))).toList();
    assertThat(tasks).hasSize(1);
    runAll();
    assertThat(ahead).isDone();
    assertThat(answers).allMatch(CompletableFuture::isDone);
    assertThat(calls).extracting(List::size).containsExactly(3);
  }

  @Test
  @DisplayName("calls beside the other once a full batch waits")
  void full() {
    var ahead = leader.submit(order("ahead"));
    for (int i = 0; i < MAX_BATCH; i++) {
      assertThat(tasks).hasSize(1);
      var unused = follower.submit(order("o" + i));
    }
    assertThat(tasks).hasSize(2);
    runAll();
    assertThat(ahead).isDone();
    assertThat(calls).extracting(List::size).containsExactly(MAX_BATCH);
  }

  @Test
  @DisplayName("calls when the other's threads are gone")
  void shutDown() {
    List<CompletableFuture<Order>> meanwhile = new ArrayList<>();
    Batcher<Order> stopped =
        new Batcher<>(
            "stopped",
            List::copyOf,
            MAX_BATCH,
            2,
            100,
            task -> {
              meanwhile.add(follower.submit(order("a")));
              throw new IllegalStateException("no thread");
            });
    follower.follow(stopped);
    var refused = stopped.submit(order("ahead"));
    runAll();
    assertThat(refused).isCompletedExceptionally();
    assertThat(meanwhile).allMatch(CompletableFuture::isDone);
  }

  @Test
  @DisplayName("forgets nobody while both have many callers")
  void manyThreads() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      Batcher<Order> first = new Batcher<>("first", List::copyOf, 64, 2, 100_000, pool);
      Batcher<Order> second = new Batcher<>("second", List::copyOf, 64, 2, 100_000, pool);
      second.follow(first);
      CompletableFuture<?>[] answers =
          IntStream.range(0, 20_000)
              .parallel()
              .mapToObj(i -> Order.of("o" + i, "deal-" + i % 3, "buyer", 1))
              .map(order -> second.submit(order).thenCompose(first::submit))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(answers).get(60, TimeUnit.SECONDS);
      assertThat(answers).allMatch(CompletableFuture::isDone);
    } finally {
      pool.shutdownNow();
    }
  }
}
