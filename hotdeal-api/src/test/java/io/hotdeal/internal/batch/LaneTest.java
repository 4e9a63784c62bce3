package io.hotdeal.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Order;
import io.hotdeal.internal.batch.Lane.Added;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A lane")
class LaneTest {

  private final Lane<Order, String> queue =
      new Lane<>(new BatchPolicy(4, 2, 40, Duration.ZERO, Duration.ZERO), false);

  private Added add(String id) {
    return queue.add(
        new PendingOrder<>(Order.of(id, "deal", "buyer", 1), new CompletableFuture<>()));
  }

  private Batch<Order, String> take() {
    Batch<Order, String> batch = new Batch<>(4);
    queue.take(batch);
    return batch;
  }

  @Test
  @DisplayName("does not end while a call is about to start or under way, or while an order waits")
  void busy() {
    add("a");
    assertThat(queue.endIfIdle()).as("an order waits for a call that starts").isFalse();
    Batch<Order, String> batch = take();
    assertThat(queue.endIfIdle()).as("a call is under way").isFalse();
    add("b");
    assertThat(queue.endIfIdle()).as("another order waits").isFalse();
    assertThat(queue.finish(batch)).as("starts the next call").isTrue();
    queue.evict();
    assertThat(queue.endIfIdle()).as("a call starts, without orders").isFalse();
    queue.finish(take());
    assertThat(queue.endIfIdle()).isTrue();
    assertThat(add("c")).isEqualTo(Added.ENDED);
  }

  @Test
  @DisplayName("stays open after endIfIdle() if it is not idle")
  void staysOpen() {
    add("a");
    queue.endIfIdle();
    assertThat(add("b")).isEqualTo(Added.WAITS);
    Batch<Order, String> batch = take();
    queue.endIfIdle();
    assertThat(add("c")).isEqualTo(Added.WAITS);
    assertThat(batch.size()).isEqualTo(2);
  }

  @Test
  @DisplayName("of several deals lets orders of a deal that is in a call wait for its end")
  void oneCallPerDeal() {
    Lane<Order, String> lane = shared();
    add(lane, "first", "a");
    Batch<Order, String> first = take(lane);
    add(lane, "second", "a");
    assertThat(add(lane, "third", "b")).isEqualTo(Added.WAITS);
    Batch<Order, String> beside = take(lane);
    assertThat(beside.orders()).extracting(Order::id).containsExactly("third");
    lane.finish(beside);
    assertThat(lane.finish(first)).as("starts the next call").isTrue();
    assertThat(take(lane).orders()).extracting(Order::id).containsExactly("second");
  }

  @Test
  @DisplayName("of several deals starts a call beside another only for orders that it may take")
  void nothingToSend() {
    Lane<Order, String> lane = shared();
    add(lane, "first", "a");
    Batch<Order, String> first = take(lane);
    for (int i = 0; i < 200; i++) {
      assertThat(add(lane, "waits" + i, "a")).isEqualTo(Added.WAITS);
    }
    for (int i = 0; i < 63; i++) {
      assertThat(add(lane, "other" + i, "b")).isEqualTo(Added.WAITS);
    }
    assertThat(add(lane, "last", "b")).isEqualTo(Added.STARTS_CALL);
    assertThat(take(lane).size()).isEqualTo(64);
    assertThat(lane.finish(first)).isTrue();
    assertThat(take(lane).size()).isEqualTo(200);
  }

  @Test
  @DisplayName("of several deals sends orders of a deal whose call was overtaken")
  void overtaken() {
    Lane<Order, String> lane = shared();
    add(lane, "first", "a");
    Batch<Order, String> first = take(lane);
    add(lane, "second", "a");
    assertThat(lane.overtake(1)).as("starts a call").isTrue();
    Batch<Order, String> second = take(lane);
    assertThat(second.size()).isEqualTo(1);
    lane.finish(first);
    add(lane, "third", "a");
    assertThat(take(lane).size()).as("the deal is in a call still").isZero();
  }

  private static Lane<Order, String> shared() {
    return new Lane<>(new BatchPolicy(512, 2, 1000, Duration.ZERO, Duration.ZERO), true);
  }

  private static Added add(Lane<Order, String> lane, String id, String dealId) {
    return lane.add(
        new PendingOrder<>(Order.of(id, dealId, "buyer", 1), new CompletableFuture<>()));
  }

  private static Batch<Order, String> take(Lane<Order, String> lane) {
    Batch<Order, String> batch = new Batch<>(512);
    lane.take(batch);
    return batch;
  }

  @Test
  @DisplayName("puts no evicted order into a call")
  void evicted() {
    add("a");
    add("b");
    assertThat(queue.evict().unsent()).hasSize(2);
    assertThat(queue.pending()).isZero();
    assertThat(take().size()).isZero();
  }

  @Test
  @DisplayName("starts no call for the orders that it had when it ended")
  void ended() {
    add("a");
    Batch<Order, String> batch = take();
    add("b");
    assertThat(queue.end()).hasSize(1);
    assertThat(queue.finish(batch)).isFalse();
    assertThat(queue.pending()).isZero();
  }
}
