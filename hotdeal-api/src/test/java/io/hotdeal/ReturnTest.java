package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotdeal.HotDealListener.HoldCompleted;
import io.hotdeal.HotDealListener.HoldVerb;
import io.hotdeal.HotDealListener.OrderDecided;
import io.hotdeal.OrderResult.Declined;
import io.hotdeal.OrderResult.Held;
import io.hotdeal.OrderResult.PaymentRefused;
import io.hotdeal.OrderResult.Placed;
import io.hotdeal.OrderResult.Returned;
import io.hotdeal.Refusal.LimitReached;
import io.hotdeal.Refusal.SoldOut;
import io.hotdeal.Refusal.UnknownOrder;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.spi.Tally;
import io.hotdeal.testkit.FaultyStores;
import io.hotdeal.testkit.Overriding;
import io.hotdeal.testkit.ScriptedGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A sold order that is given back")
class ReturnTest {

  private static final String DEAL = "prod-001";
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private final FaultyStores faults = new FaultyStores();
  private final StockCounter counter = new InMemoryStockCounter();
  private final OrderLog log = new InMemoryOrderLog();
  private final ScriptedGateway gateway = new ScriptedGateway();
  private HotDeal hotDeal = settings().build();

  private HotDealBuilder settings() {
    return HotDeal.builder()
        .counter(faults.wrap(StockCounter.class, counter))
        .log(faults.wrap(OrderLog.class, log))
        .payments(gateway)
        .counterSlowCallThreshold(Duration.ofMinutes(10)) // a busy machine must not reach it
        .settleLinger(Duration.ZERO);
  }

  private void replace(HotDealBuilder settings) {
    hotDeal.close();
    hotDeal = settings.build();
  }

  @AfterEach
  void counterEqualsLog() {
    faults.heal();
    hotDeal.resolver().sweep(DEAL);
    hotDeal.close();
    Tally tally = log.tally(DEAL).orElseThrow();
    assertThat(tally.isBalanced()).as("%s", tally).isTrue();
    assertThat(counter.stock(DEAL).orElseThrow().remaining()).isEqualTo(tally.left());
  }

  @Test
  @DisplayName("is refunded, once, and its unit is on sale again")
  void toStock() {
    open(1);
    hotDeal.order(order("a"));
    assertThat(hotDeal.order(order("b"))).isEqualTo(new SoldOut(0));
    assertThat(giveBack("a", true)).isEqualTo(new Returned(order("a"), true));
    assertThat(hotDeal.giveBackAsync(DEAL, "a", true).join())
        .isEqualTo(new Returned(order("a"), true));
    assertThat(gateway.refunded).containsExactly("a");
    assertThat(state("a")).isEqualTo(OrderState.RETURNED);
    hotDeal.resolver().sweep(DEAL);
    assertThat(hotDeal.order(order("c"))).isInstanceOf(Placed.class);
  }

  @Test
  @DisplayName("is on sale again without a sweep, and the listener hears of it; not if written off")
  void onSaleWithoutASweep() {
    List<String> heard = new ArrayList<>();
    replace(
        settings()
            .soldOutCacheTtl(Duration.ofMinutes(1))
            .listener(
                new HotDealListener() {
                  @Override
                  public void soldOut(String dealId) {
                    heard.add("sold out");
                  }

                  @Override
                  public void reopened(String dealId) {
                    heard.add("reopened");
                  }
                }));
    open(2);
    hotDeal.order(order("a"));
    hotDeal.order(order("b"));
    assertThat(hotDeal.order(order("c").asFirstAttempt())).isEqualTo(new SoldOut(0));
    giveBack("a", false);
    assertThat(heard).containsExactly("sold out");
    assertThat(hotDeal.order(order("d").asFirstAttempt())).isEqualTo(new SoldOut(0));
    giveBack("b", true);
    assertThat(heard).containsExactly("sold out", "reopened");
    await().until(() -> counter.stock(DEAL).orElseThrow().remaining() == 1);
    assertThat(hotDeal.order(order("e").asFirstAttempt())).isInstanceOf(Placed.class);
  }

  @Test
  @DisplayName("is written off if it is not to be sold again")
  void writtenOff() {
    open(1);
    hotDeal.order(order("a"));
    assertThat(giveBack("a", false)).isEqualTo(new Returned(order("a"), true));
    assertThat(giveBack("a", true)).isEqualTo(new Returned(order("a"), true));
    assertThat(log.tally(DEAL).orElseThrow().writtenOff()).isEqualTo(1);
    assertThat(hotDeal.order(order("b"))).isEqualTo(new SoldOut(0));
  }

  @Test
  @DisplayName("no longer counts towards its buyer's limit")
  void limit() {
    hotDeal.open(Deal.of(DEAL, 5).withLimitPerBuyer(1));
    hotDeal.order(Order.of("a", DEAL, "buyer", 1));
    assertThat(hotDeal.order(Order.of("b", DEAL, "buyer", 1))).isEqualTo(new LimitReached(1));
    giveBack("a", true);
    assertThat(hotDeal.order(Order.of("c", DEAL, "buyer", 1))).isInstanceOf(Placed.class);
    assertThat(hotDeal.order(Order.of("d", DEAL, "buyer", 1))).isEqualTo(new LimitReached(1));
  }

  @Test
  @DisplayName("stays returned, whatever is called with its id: nobody is charged or sold anything")
  void forEver() {
    open(5);
    hotDeal.hold(order("a"), TEN_MINUTES);
    hotDeal.confirm(DEAL, "a", "pay-1");
    Returned returned = new Returned(order("a"), true);
    assertThat(giveBack("a", true)).isEqualTo(returned);
    assertThat(gateway.refundedPayments).containsExactly("pay-1");
    assertThat(hotDeal.order(order("a"))).isEqualTo(returned);
    assertThat(hotDeal.hold(order("a"), TEN_MINUTES))
        .isEqualTo(new Returned(order("a").withPayWithin(TEN_MINUTES), true));
    assertThat(hotDeal.confirm(DEAL, "a", "pay-1")).isEqualTo(returned);
    assertThat(hotDeal.extend(DEAL, "a", Instant.MAX)).isEqualTo(returned);
    assertThat(hotDeal.cancel(DEAL, "a", "late")).isEqualTo(returned);
    assertThat(hotDeal.confirm(DEAL, "a", "pay-2"))
        .isEqualTo(new PaymentRefused(order("a"), "pay-2", OrderState.RETURNED, true));
    assertThat(gateway.refundedPayments).containsExactly("pay-1", "pay-2");
    assertThat(gateway.charged).isEmpty();
    assertThat(log.tally(DEAL).orElseThrow().left()).isEqualTo(5);
  }

  @Test
  @DisplayName("gives back the claim that a retry makes at a counter which has lost its data")
  void claimedAgain() {
    open(1);
    hotDeal.order(order("a"));
    giveBack("a", true);
    counter.change(new DealTerms(Deal.of(DEAL, 1), DealState.CLOSED, 9));
    counter.purge(DEAL);
    assertThat(hotDeal.order(order("a"))).isEqualTo(new Returned(order("a"), true));
    assertThat(counter.stock(DEAL).orElseThrow().remaining()).isEqualTo(1);
  }

  @Test
  @DisplayName("whose refund is in doubt is completed by the resolver, or by the same call")
  void refundInDoubt() {
    open(5);
    hotDeal.order(order("a"));
    hotDeal.order(order("b"));
    gateway.refundsFail = true;
    for (String id : List.of("a", "b")) {
      assertThatThrownBy(() -> giveBack(id, true))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("order " + id + " of deal " + DEAL)
          .hasMessageContaining("its refund in doubt");
    }
    assertThat(hotDeal.order(order("a"))).isEqualTo(new Returned(order("a"), false));
    SweepReport inDoubt = hotDeal.resolver().sweep(DEAL);
    assertThat(inDoubt.unfinished()).isEqualTo(2);
    gateway.refundsFail = false;
    assertThat(giveBack("b", true)).isEqualTo(new Returned(order("b"), true));
    SweepReport report = hotDeal.resolver().sweep(DEAL);
    assertThat(report.returned()).isEqualTo(1);
    assertThat(report.rows()).isEqualTo(1);
    assertThat(gateway.refunded).containsExactly("b", "a");
    assertThat(state("a")).isEqualTo(OrderState.RETURNED);
    assertThat(log.tally(DEAL).orElseThrow().left()).isEqualTo(5);
  }

  @Test
  @DisplayName("whose row the log leaves RETURNING is completed by a later sweep")
  void notFinished() {
    replace(
        settings()
            .log(
                Overriding.of(
                    OrderLog.class, log, "finishReturns", args -> List.of(OrderState.RETURNING))));
    open(1);
    hotDeal.order(order("a"));
    assertThat(giveBack("a", true)).isEqualTo(new Returned(order("a"), false));
    assertThat(hotDeal.resolver().sweep(DEAL).unfinished()).isEqualTo(1);
    replace(settings());
    assertThat(hotDeal.resolver().sweep(DEAL).returned()).isEqualTo(1);
    assertThat(state("a")).isEqualTo(OrderState.RETURNED);
  }

  @Test
  @DisplayName("is returned without a gateway too: nothing is refunded")
  void withoutGateway() {
    replace(settings().payments(PaymentGateway.none()));
    open(5);
    hotDeal.order(order("a"));
    hotDeal.hold(order("b"), TEN_MINUTES);
    hotDeal.confirm(DEAL, "b", "pay-1");
    for (String id : List.of("a", "b")) {
      assertThat(giveBack(id, true)).isEqualTo(new Returned(order(id), true));
      assertThat(state(id)).isEqualTo(OrderState.RETURNED);
    }
  }

  @Test
  @DisplayName("must be sold: every other one is answered as it stands, and an unknown one refused")
  void notSold() {
    open(5);
    assertThat(giveBack("a", true)).isEqualTo(new UnknownOrder());
    hotDeal.hold(order("a"), TEN_MINUTES);
    assertThat(giveBack("a", true)).isInstanceOf(Held.class);
    hotDeal.cancel(DEAL, "a", "");
    assertThat(giveBack("a", true)).isInstanceOf(Declined.class);
    log.reserve(List.of(order("b")), OrderState.RESERVED);
    assertThatThrownBy(() -> giveBack("b", true))
        .isInstanceOf(NothingHappenedException.class)
        .hasMessageContaining("order b of deal " + DEAL)
        .hasMessageContaining("not yet sold (RESERVED)");
    assertThat(gateway.refunded).isEmpty();
    assertThatThrownBy(() -> giveBack("no id", true)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("is not refunded if the log refuses the return")
  void refusedByTheLog() {
    replace(
        settings()
            .log(
                Overriding.of(
                    OrderLog.class,
                    log,
                    "giveBack",
                    args -> log.confirmHeld(List.of(payment("a"))))));
    open(5);
    hotDeal.hold(order("a"), TEN_MINUTES);
    hotDeal.confirm(DEAL, "a", "pay-1");
    assertThatThrownBy(() -> giveBack("a", true))
        .isInstanceOf(NothingHappenedException.class)
        .hasMessageContaining("the order log refuses its return (PAID)");
    assertThat(gateway.refundedPayments).isEmpty();
  }

  private static HoldPayment payment(String id) {
    return new HoldPayment(DEAL, id, null);
  }

  @Test
  @DisplayName("is completed by the resolver if the counter could not free the buyer's limit")
  void counterDown() {
    hotDeal.open(Deal.of(DEAL, 5).withLimitPerBuyer(1));
    hotDeal.order(Order.of("a", DEAL, "buyer", 1));
    faults.refuse("giveBack");
    replace(settings().log(log));
    assertThat(giveBack("a", true)).isEqualTo(new Returned(Order.of("a", DEAL, "buyer", 1), false));
    assertThat(state("a")).isEqualTo(OrderState.RETURNING);
    assertThat(gateway.refunded).containsExactly("a");
    faults.heal();
    assertThat(hotDeal.resolver().sweep(DEAL).returned()).isEqualTo(1);
    assertThat(state("a")).isEqualTo(OrderState.RETURNED);
    assertThat(hotDeal.order(Order.of("b", DEAL, "buyer", 1).asFirstAttempt()))
        .isInstanceOf(Placed.class);
  }

  @Test
  @DisplayName("is heard of by the listener, as is every other decision")
  void heard() {
    List<Object> heard = new ArrayList<>();
    replace(
        settings()
            .listener(
                new HotDealListener() {
                  @Override
                  public void orderDecided(OrderDecided event) {
                    heard.add(event);
                  }

                  @Override
                  public void holdCompleted(HoldCompleted event) {
                    if (event.verb() == HoldVerb.GIVE_BACK) {
                      heard.add(event.result());
                    }
                  }
                }));
    open(5);
    hotDeal.order(order("a"));
    hotDeal.hold(order("b"), TEN_MINUTES);
    hotDeal.confirm(DEAL, "b", "pay-1");
    hotDeal.confirm(DEAL, "b", "pay-1");
    gateway.answers("c", new ChargeResult.Declined("no money"));
    hotDeal.order(order("c"));
    OrderResult returned = giveBack("b", true);
    assertThat(heard)
        .containsExactly(
            new OrderDecided(order("a"), OrderState.PAID, null),
            new OrderDecided(order("b"), OrderState.PAID, "pay-1"),
            new OrderDecided(order("c"), OrderState.CANCELLED, null),
            new OrderDecided(order("b"), OrderState.RETURNING, "pay-1"),
            returned);
  }

  private void open(long quantity) {
    hotDeal.open(Deal.of(DEAL, quantity));
  }

  private OrderResult giveBack(String id, boolean toStock) {
    return hotDeal.giveBack(DEAL, id, toStock);
  }

  private OrderState state(String id) {
    return log.find(DEAL, id).map(OrderRecord::state).orElse(OrderState.ABSENT);
  }

  private static Order order(String id) {
    return Order.of(id, DEAL, "buyer-" + id, 1);
  }
}
