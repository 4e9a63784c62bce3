package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.OrderResult.Placed;
import io.hotdeal.Refusal.Closed;
import io.hotdeal.Refusal.LimitReached;
import io.hotdeal.Refusal.NotYetOpen;
import io.hotdeal.Refusal.Paused;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.testkit.FaultyStores;
import io.hotdeal.testkit.ScriptedGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A deal whose terms change while it sells")
class ChangeTest {

  private static final String DEAL = "prod-001";

  private final FaultyStores faults = new FaultyStores();
  private final StockCounter counter = new InMemoryStockCounter();
  private final OrderLog log = new InMemoryOrderLog();
  private final ScriptedGateway gateway = new ScriptedGateway();
  private final AtomicInteger ids = new AtomicInteger();
  private final HotDeal hotDeal = process();
  private final HotDeal other = process();

  private HotDeal process() {
    return HotDeal.builder()
        .counter(faults.wrap(StockCounter.class, counter))
        .log(faults.wrap(OrderLog.class, log))
        .payments(gateway)
        .counterSlowCallThreshold(Duration.ofMinutes(10)) // a busy machine must not reach it
        .build();
  }

  @AfterEach
  void close() {
    hotDeal.close();
    other.close();
  }

  @Test
  @DisplayName("is paused and resumed, for the orders of every process")
  void paused() {
    open(Deal.of(DEAL, 5));
    DealTerms terms = hotDeal.change(DEAL, DealChange.to(DealState.PAUSED));
    assertThat(terms).isEqualTo(new DealTerms(Deal.of(DEAL, 5), DealState.PAUSED, 2));
    assertThat(order(hotDeal)).isEqualTo(new Paused());
    assertThat(order(other)).isEqualTo(new Paused());
    assertThat(counter.stock(DEAL).orElseThrow().hasTerms(terms)).isTrue();
    other.change(DEAL, DealChange.to(DealState.OPEN));
    assertThat(order(hotDeal)).isInstanceOf(Placed.class);
    assertThat(order(other)).isInstanceOf(Placed.class);
  }

  @Test
  @DisplayName("is opened again after it was closed")
  void reopened() {
    open(Deal.of(DEAL, 5));
    hotDeal.closeDeal(DEAL);
    assertThat(order(other)).isEqualTo(new Closed());
    hotDeal.change(DEAL, DealChange.to(DealState.OPEN));
    assertThat(order(other)).isInstanceOf(Placed.class);
  }

  @Test
  @DisplayName(
      "gets another window, and another limit per buyer that counts what was bought before")
  void windowAndLimit() {
    open(Deal.of(DEAL, 5));
    hotDeal.order(Order.of("a", DEAL, "buyer", 1));
    Instant later = Instant.now().plusSeconds(3600);
    hotDeal.change(DEAL, DealChange.nothing().opens(later));
    assertThat(order(other)).isEqualTo(new NotYetOpen());
    hotDeal.change(DEAL, DealChange.nothing().opens(Deal.ALWAYS).closes(Instant.now()));
    assertThat(order(other)).isEqualTo(new Closed());
    hotDeal.change(DEAL, DealChange.nothing().closes(later).limitPerBuyer(1));
    assertThat(other.order(Order.of("b", DEAL, "buyer", 1))).isEqualTo(new LimitReached(1));
    hotDeal.change(DEAL, DealChange.nothing().limitPerBuyer(2));
    assertThat(other.order(Order.of("c", DEAL, "buyer", 1))).isInstanceOf(Placed.class);
  }

  @Test
  @DisplayName("finishes the orders that were under way")
  void inFlight() {
    open(Deal.of(DEAL, 5));
    hotDeal.hold(Order.of("held", DEAL, "buyer", 1), Duration.ofMinutes(1));
    gateway.beforeCharge = () -> log.change(DEAL, DealChange.to(DealState.PAUSED).limitPerBuyer(1));
    assertThat(hotDeal.order(Order.of("a", DEAL, "other", 2))).isInstanceOf(Placed.class);
    assertThat(other.confirm(DEAL, "held", "pay-1")).isInstanceOf(Placed.class);
  }

  @Test
  @DisplayName("reaches a counter that missed the change by the next sweep")
  void counterMissedIt() {
    open(Deal.of(DEAL, 5));
    DealTerms paused = log.change(DEAL, DealChange.to(DealState.PAUSED));
    assertThat(order(hotDeal)).as("refused by the log").isEqualTo(new Paused());
    hotDeal.resolver().sweep(DEAL);
    assertThat(counter.stock(DEAL).orElseThrow().hasTerms(paused)).isTrue();
    DealTerms open = log.change(DEAL, DealChange.to(DealState.OPEN));
    assertThat(order(hotDeal)).as("refused by the counter").isEqualTo(new Paused());
    hotDeal.resolver().sweep(DEAL);
    assertThat(counter.stock(DEAL).orElseThrow().hasTerms(open)).isTrue();
    assertThat(order(hotDeal)).isInstanceOf(Placed.class);
  }

  @Test
  @DisplayName("is opened again by a process that starts with the first terms")
  void openedAgain() {
    Deal first = Deal.of(DEAL, 5);
    open(first);
    hotDeal.change(DEAL, DealChange.to(DealState.PAUSED).limitPerBuyer(2));
    other.open(first);
    counter.change(new DealTerms(first, DealState.CLOSED, 9));
    counter.purge(DEAL);
    other.open(first);
    assertThat(order(other)).isEqualTo(new Paused());
    assertThat(counter.stock(DEAL).orElseThrow().hasTerms(log.tally(DEAL).orElseThrow().terms()))
        .isTrue();
    assertThatThrownBy(() -> other.open(Deal.of(DEAL, 6)))
        .isInstanceOf(DealConflictException.class);
  }

  @Test
  @DisplayName("stays as it is if a value is out of range, or nobody opened it")
  void refused() {
    assertThatThrownBy(() -> hotDeal.change(DEAL, DealChange.to(DealState.PAUSED)))
        .isInstanceOf(UnknownDealException.class);
    open(Deal.of(DEAL, 5));
    assertThatThrownBy(() -> hotDeal.change(DEAL, DealChange.nothing().limitPerBuyer(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> hotDeal.change(DEAL, DealChange.nothing().closes(Deal.ALWAYS)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(DEAL);
    assertThat(hotDeal.change(DEAL, DealChange.nothing()))
        .isEqualTo(DealTerms.opened(Deal.of(DEAL, 5)));
  }

  private void open(Deal deal) {
    hotDeal.open(deal);
    other.open(deal);
  }

  private OrderResult order(HotDeal process) {
    String id = "order-" + ids.incrementAndGet();
    return process.order(Order.of(id, DEAL, id, 1).asFirstAttempt());
  }
}
