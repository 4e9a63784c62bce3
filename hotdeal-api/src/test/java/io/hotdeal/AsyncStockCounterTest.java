package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotdeal.ClaimResult.Claimed;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.testkit.FaultyStores;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An asynchronous counter")
class AsyncStockCounterTest {

  private static final String DEAL = "prod-001";

  private final FaultyStores faults = new FaultyStores();
  private final StockCounter counter = new InMemoryStockCounter();
  private final AsyncStockCounter async =
      AsyncStockCounter.over(faults.wrap(StockCounter.class, counter));

  @BeforeEach
  void open() {
    counter.open(Deal.of(DEAL, 1_000));
  }

  @AfterEach
  void close() {
    async.close();
  }

  private static Order order(int i) {
    return Order.of("order-" + i, DEAL, "buyer-" + i, 1);
  }

  @Test
  @DisplayName("grants exactly as many claims as there are units, with fewer calls than claims")
  void boundary() {
    Set<String> claimed = ConcurrentHashMap.newKeySet();
    CompletableFuture.allOf(
            IntStream.range(0, 5_000)
                .parallel()
                .mapToObj(i -> order(i % 2_500)) // every order is claimed twice
                .map(it -> async.claim(it).thenAccept(answer -> note(claimed, it, answer)))
                .toArray(CompletableFuture<?>[]::new))
        .join();
    assertThat(claimed).hasSize(1_000);
    assertThat(counter.stock(DEAL).orElseThrow())
        .returns(0L, Stock::remaining)
        .returns(1_000L, Stock::claimed);
    assertThat(faults.calls("claim")).isLessThan(5_000);
  }

  private static void note(Set<String> claimed, Order order, ClaimResult answer) {
    if (answer instanceof Claimed) {
      claimed.add(order.id());
    }
  }

  @Test
  @DisplayName("settles and releases claims")
  void settlesAndReleases() {
    assertThat(async.claim(order(1)).join()).isEqualTo(new Claimed(999, false));
    assertThat(async.claim(order(2)).join()).isEqualTo(new Claimed(998, false));
    assertThat(async.settle(order(1)).join()).isTrue();
    assertThat(async.release(order(2)).join()).isTrue();
    assertThat(counter.stock(DEAL).orElseThrow())
        .returns(999L, Stock::remaining)
        .returns(0L, Stock::claimed)
        .returns(1L, Stock::settled);
  }

  @Test
  @DisplayName("fails a claim with the exception that the counter threw")
  void fails() {
    faults.before(
        "claim",
        () -> {
          throw new NothingHappenedException("down");
        });
    assertThatThrownBy(async.claim(order(1))::join)
        .hasCauseInstanceOf(NothingHappenedException.class)
        .hasMessageContaining("down");
  }

  @Test
  @DisplayName("refuses claims after it is closed, and does not call the counter")
  void closed() {
    async.close();
    assertThatThrownBy(async.claim(order(1))::join)
        .hasCauseInstanceOf(NothingHappenedException.class)
        .hasMessageContaining("closed");
    assertThat(faults.calls("claim")).isZero();
  }

  @Test
  @DisplayName("waits in close() for the orders under way")
  void waits() throws InterruptedException {
    CountDownLatch answer = hang();
    CompletableFuture<ClaimResult> result = async.claim(order(1));
    Thread closer = new Thread(async::close, "closer");
    closer.start();
    await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);
    answer.countDown();
    closer.join();
    assertThat(result).isCompletedWithValue(new Claimed(999, false));
  }

  @Test
  @DisplayName("fails the orders under way as unknown when the closing thread is interrupted")
  void interrupted() {
    CountDownLatch never = hang();
    CompletableFuture<ClaimResult> result = async.claim(order(1));
    Thread.currentThread().interrupt();
    async.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThatThrownBy(result::join)
        .hasCauseInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("closed before the counter answered");
    never.countDown();
  }

  private CountDownLatch hang() {
    CountDownLatch latch = new CountDownLatch(1);
    faults.before(
        "claim",
        () -> {
          try {
            latch.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return latch;
  }
}
