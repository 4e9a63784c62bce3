package io.hotdeal.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Deal;
import io.hotdeal.HotDealListener;
import io.hotdeal.HotDealListener.SlowCall;
import io.hotdeal.HotDealListener.Store;
import io.hotdeal.Order;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.internal.resilience.SlowCallMonitor;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.testkit.FaultyStores;
import io.hotdeal.testkit.ManualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A timed counter")
class TimedStockCounterTest {

  private static final Deal DEAL = Deal.of("prod-001", 10);
  private static final Order ORDER = Order.of("order", DEAL.id(), "buyer", 1);

  /** A call of a counter. */
  private record Call(String verb, boolean timed, Consumer<StockCounter> call) {

    @Override
    public String toString() {
      return verb;
    }
  }

  static List<Call> calls() {
    return List.of(
        new Call("open", true, it -> it.open(DEAL)),
        new Call("claim", true, it -> it.claim(List.of(ORDER))),
        new Call("postpone", true, it -> it.postpone(List.of(ORDER))),
        new Call("settle", true, it -> it.settle(List.of(ORDER))),
        new Call("release", true, it -> it.release(List.of(ORDER))),
        new Call("giveBack", true, it -> it.giveBack(List.of(ORDER))),
        new Call("change", true, it -> it.change(DealTerms.opened(DEAL))),
        new Call("stock", true, it -> it.stock(DEAL.id())),
        new Call("restore", true, it -> it.restore(DEAL, 5, Stock.ABSENT)),
        new Call("close", true, it -> it.close(DEAL.id())),
        new Call("overdue", false, it -> it.overdue(DEAL.id(), 9)),
        new Call("held", false, it -> it.held(DEAL.id(), 9)),
        new Call("purge", false, it -> it.purge(DEAL.id())));
  }

  private final FaultyStores faults = new FaultyStores();
  private final ManualTimer timer = new ManualTimer();
  private final List<String> slow = new ArrayList<>();
  private final StockCounter plain = new InMemoryStockCounter();
  private final StockCounter counter =
      new TimedStockCounter(
          faults.wrap(StockCounter.class, plain),
          new SlowCallMonitor(
              new SlowCallMonitor.Rules(
                  Store.STOCK_COUNTER, Duration.ofSeconds(1), SlowCallMonitor.Scope.STORE),
              () -> 0,
              timer,
              EventPublisher.of(
                  List.of(
                      new HotDealListener() {
                        @Override
                        public void callSlow(SlowCall event) {
                          slow.add(event.dealId());
                        }
                      }))));

  @AfterEach
  void end() {
    timer.shutdownNow();
  }

  @ParameterizedTest
  @DisplayName("makes each call once and reports a slow one, except overdue, held and purge:")
  @MethodSource("calls")
  void makes(Call each) {
    plain.open(DEAL);
    plain.close(DEAL.id());
    faults.before(each.verb, () -> timer.runUpTo(1_000));
    each.call.accept(counter);
    assertThat(faults.calls(each.verb)).isOne();
    assertThat(slow).isEqualTo(each.timed ? List.of(DEAL.id()) : List.of());
  }

  @Test
  @DisplayName("returns what the counter returned")
  void answers() {
    assertThat(counter.restore(DEAL, 5, Stock.ABSENT)).isTrue();
    assertThat(counter.restore(DEAL, 6, Stock.ABSENT)).isFalse();
    assertThat(counter.claim(List.of(ORDER))).hasSize(1);
    assertThat(counter.stock(DEAL.id())).isEqualTo(plain.stock(DEAL.id()));
    assertThat(counter.held(DEAL.id(), 9)).hasSize(1);
    assertThat(counter.claim(List.of())).isEmpty();
  }
}
