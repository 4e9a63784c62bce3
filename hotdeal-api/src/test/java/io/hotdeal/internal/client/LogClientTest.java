package io.hotdeal.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.Deal;
import io.hotdeal.HotDealListener.Store;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.ReserveResult;
import io.hotdeal.internal.batch.BatchPolicy;
import io.hotdeal.internal.batch.BatcherFactory;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.internal.resilience.AsyncStoreCalls;
import io.hotdeal.internal.resilience.CircuitBreaker;
import io.hotdeal.internal.resilience.SlowCallMonitor;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import io.hotdeal.testkit.FaultyStores;
import io.hotdeal.testkit.ManualTimer;
import io.hotdeal.testkit.Overriding;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The client of the log")
class LogClientTest {

  private static final String DEAL = "prod-001";
  private static final Duration SLOW = Duration.ofSeconds(1);

  private final FaultyStores faults = new FaultyStores();
  private final AtomicLong nanos = new AtomicLong();
  private final ManualTimer timer = new ManualTimer();
  private final OrderLog log = new InMemoryOrderLog();
  private final LogClient client = client(log, Runnable::run);

  private LogClient client(OrderLog stored, Executor threads) {
    SlowCallMonitor slowCalls =
        new SlowCallMonitor(
            new SlowCallMonitor.Rules(Store.ORDER_LOG, SLOW, SlowCallMonitor.Scope.DEAL),
            nanos::get,
            timer,
            EventPublisher.NONE);
    return new LogClient(
        faults.wrap(OrderLog.class, stored),
        OrderState.RESERVED,
        new CircuitBreaker(
            Store.ORDER_LOG, Duration.ZERO, nanos::get, slowCalls, EventPublisher.NONE),
        new AsyncStoreCalls(Runnable::run, null),
        new BatcherFactory(Store.ORDER_LOG, BatchPolicy.DEFAULT, threads, EventPublisher.NONE));
  }

  @BeforeEach
  void open() {
    log.open(Deal.of(DEAL, 100));
  }

  @AfterEach
  void end() {
    timer.shutdownNow();
  }

  private static Order order(String id, long units) {
    return Order.of(id, DEAL, "buyer", units);
  }

  @Test
  @DisplayName("delays claims while at least 16 orders of the deal are pending at the log")
  void linger() {
    Queue<Runnable> waiting = new ArrayDeque<>();
    LogClient busy = client(log, waiting::add);
    List<CompletableFuture<ReserveResult>> answers = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      answers.add(busy.reserve(order("o-" + i, 1)));
    }
    assertThat(busy.makesClaimsLinger(DEAL)).isFalse();
    answers.add(busy.reserve(order("o-15", 1)));
    assertThat(busy.makesClaimsLinger(DEAL)).isTrue();
    assertThat(busy.makesClaimsLinger("another")).isFalse();
    waiting.remove().run();
    assertThat(busy.makesClaimsLinger(DEAL)).isFalse();
    assertThat(answers).allMatch(CompletableFuture::isDone);
  }

  @Test
  @DisplayName("refuses a reservation during a slow call of the same deal")
  void slowCall() {
    List<CompletableFuture<ReserveResult>> others = new ArrayList<>();
    faults.before(
        "reserve",
        () -> {
          nanos.addAndGet(SLOW.toNanos());
          others.add(client.reserve(order("b", 1)));
        });
    assertThat(client.reserve(order("a", 1))).isCompleted();
    assertThatThrownBy(others.get(0)::join)
        .hasCauseInstanceOf(NothingHappenedException.class)
        .hasMessageContaining("not started: the order log has not answered a call for PT1S");
    assertThat(faults.calls("reserve")).isOne();
  }

  @Test
  @DisplayName(
      "fails if the log refuses to cancel the order's own RESERVED row, but for no other row")
  void refusedCancel() {
    LogClient refused =
        client(
            Overriding.of(OrderLog.class, log, "cancel", args -> List.of(OrderState.RESERVED)),
            Runnable::run);
    log.reserve(List.of(order("own", 1), order("other", 1)), OrderState.RESERVED);
    log.reserve(List.of(order("paid", 1)), OrderState.PAID);
    assertThatThrownBy(refused.cancel(order("own", 1))::join)
        .hasCauseInstanceOf(NothingHappenedException.class)
        .hasMessageContaining("the order log refuses to cancel order own of deal " + DEAL);
    assertThat(refused.cancel(order("other", 2))).isCompletedWithValue(OrderState.RESERVED);
    assertThat(refused.cancel(order("paid", 1))).isCompletedWithValue(OrderState.RESERVED);
    assertThat(refused.cancel(order("none", 1))).isCompletedWithValue(OrderState.RESERVED);
  }
}
