package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.HotDealListener.Store;
import io.hotdeal.OrderResult.Placed;
import io.hotdeal.internal.batch.BatchPolicy;
import io.hotdeal.internal.batch.Batcher;
import io.hotdeal.internal.batch.BatcherFactory;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.internal.resilience.AsyncStoreCalls;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.testkit.FaultyStores;
import io.hotdeal.testkit.ScriptedGateway;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName(
    "Whatever a store, gateway or executor throws, every future ends and every slot is freed:")
class AnyThrowableTest {

  private static final String DEAL = "prod-001";
  private static final int SLOTS = 20;

  /** One throwable of each kind. Stores in other JVM languages may throw checked exceptions. */
  enum Thrown {
    CHECKED,
    OUT_OF_MEMORY,
    RUNTIME;

    void doThrow() {
      AnyThrowableTest.<RuntimeException>sneak(
          switch (this) {
            case CHECKED -> new IOException("by the test");
            case OUT_OF_MEMORY -> new OutOfMemoryError("by the test");
            case RUNTIME -> new IllegalStateException("by the test");
          });
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable any) throws T {
    throw (T) any;
  }

  private final FaultyStores faults = new FaultyStores();
  private final OrderLog log = new InMemoryOrderLog();
  private final ScriptedGateway gateway = new ScriptedGateway();
  private HotDeal hotDeal = settings(gateway).build();

  private HotDealBuilder settings(PaymentGateway payments) {
    return HotDeal.builder()
        .counter(faults.wrap(StockCounter.class, new InMemoryStockCounter()))
        .log(faults.wrap(OrderLog.class, log))
        .payments(payments)
        .chargeAttempts(1, Duration.ofMillis(1))
        .counterSlowCallThreshold(Duration.ofMinutes(10)) // a busy machine must not reach it
        .breakerOpenFor(Duration.ZERO)
        .maxInFlight(SLOTS);
  }

  @AfterEach
  void close() {
    hotDeal.close();
  }

  private static Order order(String id) {
    return Order.of(id, DEAL, "buyer", 1);
  }

  private List<CompletableFuture<OrderResult>> crowd(String prefix) {
    return IntStream.range(0, SLOTS).mapToObj(i -> hotDeal.orderAsync(order(prefix + i))).toList();
  }

  private static void awaitAll(List<? extends CompletableFuture<?>> futures) {
    futures.forEach(it -> it.exceptionally(broken -> null).orTimeout(30, TimeUnit.SECONDS).join());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("when the log throws in reserve, every order fails with an unknown outcome:")
  void reserve(Thrown thrown) {
    hotDeal.open(Deal.of(DEAL, 1_000));
    faults.before("reserve", thrown::doThrow);
    List<CompletableFuture<OrderResult>> results = crowd("a");
    awaitAll(results);
    assertThat(results)
        .allSatisfy(
            it -> assertThatThrownBy(it::join).hasCauseInstanceOf(OutcomeUnknownException.class));
    faults.heal();
    expectSlots();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("when the log throws in confirm, every order fails:")
  void confirm(Thrown thrown) {
    hotDeal.open(Deal.of(DEAL, 1_000));
    faults.before("confirm", thrown::doThrow);
    List<CompletableFuture<OrderResult>> results = crowd("a");
    awaitAll(results);
    assertThat(results).allMatch(CompletableFuture::isCompletedExceptionally);
    faults.heal();
    expectSlots();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("when the counter throws in claim, every order is placed by the log alone:")
  void claim(Thrown thrown) {
    hotDeal.open(Deal.of(DEAL, 1_000));
    faults.before("claim", thrown::doThrow);
    List<CompletableFuture<OrderResult>> results = crowd("a");
    awaitAll(results);
    assertThat(results).allSatisfy(it -> assertThat(it.join()).isInstanceOf(Placed.class));
    faults.heal();
    expectSlots();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("when the gateway throws in charge, every order fails:")
  void charge(Thrown thrown) {
    gateway.beforeCharge = thrown::doThrow;
    hotDeal.open(Deal.of(DEAL, 1_000));
    List<CompletableFuture<OrderResult>> results = crowd("a");
    awaitAll(results);
    assertThat(results).allMatch(CompletableFuture::isCompletedExceptionally);
    gateway.beforeCharge = () -> {};
    expectSlots();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("when the executor throws, every order fails:")
  void executor(Thrown thrown) {
    hotDeal.close();
    boolean[] throwing = {false};
    hotDeal =
        settings(gateway)
            .executor(
                task -> {
                  if (throwing[0]) {
                    thrown.doThrow();
                  }
                  task.run();
                })
            .build();
    hotDeal.open(Deal.of(DEAL, 1_000));
    throwing[0] = true;
    List<CompletableFuture<OrderResult>> results = crowd("a");
    awaitAll(results);
    assertThat(results).allMatch(CompletableFuture::isCompletedExceptionally);
    throwing[0] = false;
    expectSlots();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("when the log throws during a sweep, the sweep fails and the next one is complete:")
  void sweep(Thrown thrown) {
    hotDeal.open(Deal.of(DEAL, 10));
    faults.before("balance", thrown::doThrow);
    assertThatThrownBy(() -> hotDeal.resolver().sweep(DEAL)).isInstanceOf(HotDealException.class);
    faults.heal();
    assertThat(hotDeal.resolver().sweep(DEAL).isComplete()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("when a batched call throws, its order fails as unknown and is no longer pending:")
  void batch(Thrown thrown) {
    Batcher<Order, String> batcher =
        new BatcherFactory(Store.ORDER_LOG, BatchPolicy.DEFAULT, Runnable::run, EventPublisher.NONE)
            .create(
                "call",
                orders -> {
                  thrown.doThrow();
                  return List.of();
                });
    CompletableFuture<String> answer = batcher.submit(order("a"));
    assertThatThrownBy(answer::join).hasCauseInstanceOf(OutcomeUnknownException.class);
    assertThat(batcher.pending(DEAL)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("when a single store call throws, it fails with an unknown outcome:")
  void single(Thrown thrown) {
    CompletableFuture<Boolean> answer =
        new AsyncStoreCalls(Runnable::run, null).run(thrown::doThrow);
    assertThatThrownBy(answer::join).hasCauseInstanceOf(OutcomeUnknownException.class);
  }

  @Test
  @DisplayName("a checked exception of the log opens its circuit breaker")
  void opensTheBreaker() {
    hotDeal.close();
    hotDeal = settings(gateway).breakerOpenFor(Duration.ofMinutes(1)).build();
    hotDeal.open(Deal.of(DEAL, 10));
    faults.before("reserve", Thrown.CHECKED::doThrow);
    assertThatThrownBy(() -> hotDeal.order(order("a"))).isInstanceOf(OutcomeUnknownException.class);
    assertThatThrownBy(() -> hotDeal.order(order("b")))
        .isInstanceOf(NothingHappenedException.class);
  }

  /** Places as many orders again as there are slots. */
  private void expectSlots() {
    List<CompletableFuture<OrderResult>> results = crowd("again-");
    awaitAll(results);
    assertThat(results).allSatisfy(it -> assertThat(it.join()).isInstanceOf(Placed.class));
  }
}
