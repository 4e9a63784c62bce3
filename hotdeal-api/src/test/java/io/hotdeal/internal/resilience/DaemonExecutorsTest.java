package io.hotdeal.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.HotDealBuilder;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.PaymentGateway;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.testkit.FaultyStores;
import io.hotdeal.testkit.ManualTimer;
import io.hotdeal.testkit.Overriding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("HotDeal's threads")
class DaemonExecutorsTest {

  private static final Order ORDER = Order.of("order", "deal", "buyer", 1);

  private final FaultyStores faults = new FaultyStores();
  private final OrderLog log = new InMemoryOrderLog();

  private HotDealBuilder settings() {
    return HotDeal.builder()
        .log(faults.wrap(OrderLog.class, log))
        .payments(PaymentGateway.none())
        .shutdownTimeout(Duration.ofMillis(1));
  }

  @Test
  @DisplayName("are daemon threads with names that begin with hotdeal")
  void daemons() throws Exception {
    for (var threads : List.of(DaemonExecutors.forStoreCalls("store"), DaemonExecutors.timer())) {
      try {
        Thread thread = threads.submit(Thread::currentThread).get();
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).matches("hotdeal-(store|timer)-1");
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  @DisplayName("do not keep a cancelled time-out in the timer's queue")
  void cancelledTimeout() {
    var timer = (ScheduledThreadPoolExecutor) DaemonExecutors.timer();
    try {
      timer.schedule(() -> {}, 1, TimeUnit.HOURS).cancel(false);
      assertThat(timer.getQueue()).isEmpty();
    } finally {
      timer.shutdownNow();
    }
  }

  @Test
  @Timeout(30)
  @DisplayName("end when HotDeal closes, even one that hangs in a store call")
  void end() throws Exception {
    List<Thread> storeThreads = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch hanging = new CountDownLatch(1);
    faults.before(
        "reserve",
        () -> {
          storeThreads.add(Thread.currentThread());
          hanging.countDown();
          awaitInterrupt();
        });
    HotDeal hotDeal = settings().build();
    hotDeal.open(Deal.of("deal", 1));
    CompletableFuture<OrderResult> result = hotDeal.orderAsync(ORDER);
    hanging.await();
    hotDeal.close();
    storeThreads.get(0).join();
    assertThat(result).isCompletedExceptionally();
  }

  @Test
  @Timeout(30)
  @DisplayName("do not keep an interrupted caller waiting, who stays interrupted")
  void interruptedCaller() {
    CountDownLatch never = new CountDownLatch(1);
    faults.before("reserve", () -> awaitQuietly(never));
    HotDeal hotDeal = settings().build();
    hotDeal.open(Deal.of("deal", 1));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> hotDeal.order(ORDER))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();

    Thread.currentThread().interrupt();
    hotDeal.close();
    assertThat(Thread.interrupted()).as("after close").isTrue();
    never.countDown();
  }

  private static void awaitInterrupt() {
    awaitQuietly(new CountDownLatch(1));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @DisplayName(
      "increase by one per slow call, by 64 at most, and decrease again when the calls end")
  void replacements() {
    var threads = DaemonExecutors.forStoreCalls("store");
    int usual = threads.getCorePoolSize();
    for (int slow = 1; slow <= 70; slow++) {
      threads.slow("deal");
      expectSize(threads, usual + Math.min(slow, 64));
    }
    for (int slow = 69; slow >= 0; slow--) {
      threads.ended();
      expectSize(threads, usual + Math.min(slow, 64));
    }
    threads.shutdownNow();
  }

  @Test
  @Timeout(30)
  @DisplayName("are as many as usual again after a slow call has ended")
  void replacedMeanwhile() throws InterruptedException {
    ManualTimer timer = new ManualTimer();
    var usual = DaemonExecutors.forStoreCalls("store");
    Set<Thread> others = logThreads();
    OrderLog aCallPerDeal =
        Overriding.of(
            OrderLog.class, faults.wrap(OrderLog.class, log), "combinesDeals", no -> false);
    try (HotDeal hotDeal =
        settings()
            .log(aCallPerDeal)
            .slowCallThreshold(Duration.ofSeconds(1))
            .timer(timer)
            .build()) {
      CountDownLatch called = new CountDownLatch(1);
      CountDownLatch slowEnds = new CountDownLatch(1);
      faults.before(
          "reserve",
          () -> {
            called.countDown();
            awaitQuietly(slowEnds);
          });
      CompletableFuture<OrderResult> slow = orderOf("slow", hotDeal);
      called.await();
      timer.runUpTo(1_000);
      slowEnds.countDown();
      slow.join();
      Set<Thread> threads = threadsOfManyCalls(hotDeal);
      threads.removeAll(others);
      assertThat(threads).hasSize(usual.getCorePoolSize());
    } finally {
      usual.shutdownNow();
      timer.shutdownNow();
    }
  }

  /** The threads for calls to logs, while more calls than threads are to be made at once. */
  private Set<Thread> threadsOfManyCalls(HotDeal hotDeal) {
    CountDownLatch counted = new CountDownLatch(1);
    faults.before("reserve", () -> awaitQuietly(counted));
    CompletableFuture<?>[] orders =
        IntStream.range(0, 300)
            .mapToObj(i -> orderOf("deal-" + i, hotDeal))
            .toArray(CompletableFuture<?>[]::new);
    Set<Thread> threads = logThreads();
    counted.countDown();
    CompletableFuture.allOf(orders).join();
    return threads;
  }

  private static Set<Thread> logThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("hotdeal-log-"))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static CompletableFuture<OrderResult> orderOf(String deal, HotDeal hotDeal) {
    hotDeal.open(Deal.of(deal, 1));
    return hotDeal.orderAsync(Order.of("order", deal, "buyer", 1));
  }

  private static void expectSize(ThreadPoolExecutor threads, int size) {
    assertThat(threads.getCorePoolSize()).isEqualTo(size);
    assertThat(threads.getMaximumPoolSize()).isEqualTo(size);
  }
}
