package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.OrderResult.Placed;
import io.hotdeal.Refusal.Conflict;
import io.hotdeal.Refusal.LimitReached;
import io.hotdeal.Refusal.SoldOut;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import io.hotdeal.testkit.FaultyStores;
import io.hotdeal.testkit.ManualTimer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Orders in one batch:")
class MixedBatchTest {

  private static final String DEAL = "prod-001";

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final ManualTimer timer = new ManualTimer();
  private final FaultyStores faults = new FaultyStores();
  private final OrderLog log = new InMemoryOrderLog();
  private HotDeal hotDeal;

  @AfterEach
  void end() {
    timer.shutdownNow();
  }

  private static Order order(String id, String buyer, long units) {
    return Order.of(id, DEAL, buyer, units);
  }

  private void open(boolean gated) {
    HotDealBuilder builder =
        HotDeal.builder()
            .log(faults.wrap(OrderLog.class, log))
            .payments(PaymentGateway.none())
            .executor(tasks::add)
            .timer(timer);
    hotDeal = (gated ? builder.counter(new InMemoryStockCounter()) : builder).build();
    hotDeal.open(Deal.of(DEAL, 10).withLimitPerBuyer(4));
    assertThat(send(List.of(order("sold-before", "z", 1)))).hasSize(1);
  }

  private List<OrderResult> send(List<Order> orders) {
    List<CompletableFuture<OrderResult>> results = new ArrayList<>();
    orders.forEach(order -> results.add(hotDeal.orderAsync(order)));
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
    return results.stream().map(CompletableFuture::join).toList();
  }

  /** Orders with different results, refusals among sales; the expected results are below. */
  private static List<Order> mixture() {
    return List.of(
        order("a", "x", 1),
        order("too-many", "x", 4),
        order("b", "y", 2),
        order("sold-before", "thief", 1),
        order("c", "x", 1),
        order("more-than-left", "w", 4),
        order("d", "v", 3),
        order("sold-before", "z", 1),
        order("e", "u", 2),
        order("too-late", "t", 3));
  }

  private static List<OrderResult> expectedResults() {
    return List.of(
        new Placed(order("a", "x", 1), 8, false),
        new LimitReached(4),
        new Placed(order("b", "y", 2), 6, false),
        new Conflict(),
        new Placed(order("c", "x", 1), 5, false),
        new Placed(order("more-than-left", "w", 4), 1, false),
        new SoldOut(1),
        new Placed(order("sold-before", "z", 1), 1, true),
        new SoldOut(1),
        new SoldOut(1));
  }

  static Stream<Boolean> gated() {
    return Stream.of(false, true);
  }

  @ParameterizedTest(name = "with a counter: {0}")
  @MethodSource("gated")
  @DisplayName("each order gets its own result,")
  void ownResult(boolean gated) {
    open(gated);
    int reserves = faults.calls("reserve");
    List<Order> orders = mixture();
    List<OrderResult> results = send(orders);
    assertThat(faults.calls("reserve") - reserves).as("calls to the log").isLessThan(4);
    assertThat(results).hasSameSizeAs(expectedResults());
    for (int i = 0; i < orders.size(); i++) {
      assertThat(results.get(i)).as("%s", orders.get(i)).isEqualTo(expectedResults().get(i));
    }
  }

  @ParameterizedTest(name = "with a counter: {0}")
  @MethodSource("gated")
  @DisplayName("exactly the orders with the result Placed have a PAID row,")
  void rows(boolean gated) {
    open(gated);
    List<Order> orders = mixture();
    List<OrderResult> results = send(orders);
    for (int i = 0; i < orders.size(); i++) {
      Order each = orders.get(i);
      boolean paid =
          log.find(DEAL, each.id())
              .filter(row -> row.state() == OrderState.PAID && row.order().sameContentAs(each))
              .isPresent();
      assertThat(results.get(i) instanceof Placed).as("%s", each).isEqualTo(paid);
    }
  }
}
