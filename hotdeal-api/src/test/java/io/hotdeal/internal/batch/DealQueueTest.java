package io.hotdeal.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Order;
import io.hotdeal.internal.batch.DealQueue.Added;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The queue of a deal")
class DealQueueTest {

  private final DealQueue<Order, String> queue =
      new DealQueue<>(new BatchPolicy(4, 2, 40, Duration.ZERO, Duration.ZERO));

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
