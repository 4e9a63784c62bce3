package io.hotdeal.contract;

import static io.hotdeal.contract.Crowd.THREADS;
import static io.hotdeal.contract.Crowd.freshDealId;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.ClaimResult;
import io.hotdeal.ClaimResult.Claimed;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.Refusal.LimitReached;
import io.hotdeal.Refusal.SoldOut;
import io.hotdeal.Refusal.UnknownDeal;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract of returned orders at the counter, a part of {@link StockCounterContract}. */
public abstract class ReturnCounterContract {

  private StockCounter counter;
  private String dealId;

  /** The counter under test; called once per test, may return the same counter every time. */
  protected abstract StockCounter counter();

  @BeforeEach
  void freshDealOfReturns() {
    counter = counter();
    dealId = freshDealId();
  }

  @Nested
  @DisplayName("gives back")
  class GivesBack {

    @Test
    @DisplayName("a sold order: its buyer may buy again, once, and what remains does not change")
    void settled() {
      counter.open(Deal.of(dealId, 20).withLimitPerBuyer(3));
      claim(order("a", 2));
      claim(order("b", 1));
      counter.settle(List.of(order("a", 2), order("b", 1)));
      assertThat(claim(order("c", 1))).isEqualTo(new LimitReached(3));
      for (int i = 0; i < 3; i++) {
        counter.giveBack(List.of(order("a", 2), order("a", 2)));
        assertThat(stock().remaining()).isEqualTo(17);
        assertThat(stock().claimed()).isZero();
      }
      assertThat(claim(order("c", 3))).isEqualTo(new LimitReached(3));
      assertThat(claim(order("c", 2))).isEqualTo(new Claimed(15, false));
      assertThat(claim(order("d", 1))).isEqualTo(new LimitReached(3));
    }

    @Test
    @DisplayName("a sold order, whose id is remembered: nothing takes, sells or releases it again")
    void remembered() {
      counter.open(Deal.of(dealId, 9).withLimitPerBuyer(2));
      Order order = order("a", 2);
      claim(order);
      counter.settle(List.of(order));
      counter.giveBack(List.of(order));
      assertThat(claim(order)).isEqualTo(new Claimed(7, true));
      assertThat(claim(order.withPayWithin(Duration.ofMinutes(1)))).isEqualTo(new Claimed(7, true));
      counter.settle(List.of(order));
      counter.release(List.of(order));
      assertThat(claim(order("a", 1))).isNotEqualTo(new Claimed(6, false));
      assertThat(stock().remaining()).isEqualTo(7);
      assertThat(stock().claimed()).isZero();
      assertThat(counter.held(dealId, 10)).isEmpty();
      assertThat(claim(order("b", 2))).isEqualTo(new Claimed(5, false));
    }

    @Test
    @DisplayName("a claim that is held: its units come back once, and its id is remembered")
    void held() {
      counter.open(Deal.of(dealId, 5).withLimitPerBuyer(2).withHold(Duration.ofMillis(1)));
      Order order = order("a", 2);
      claim(order);
      long version = stock().version();
      for (int i = 0; i < 3; i++) {
        counter.giveBack(List.of(order, order));
        assertThat(stock().remaining()).isEqualTo(5);
        assertThat(stock().claimed()).isZero();
      }
      assertThat(counter.restore(Deal.of(dealId, 5), 1, version)).isFalse();
      counter.release(List.of(order));
      counter.settle(List.of(order));
      assertThat(claim(order)).isEqualTo(new Claimed(5, true));
      assertThat(counter.held(dealId, 10)).isEmpty();
      assertThat(counter.overdue(dealId, 10)).isEmpty();
      assertThat(claim(order("b", 2))).isEqualTo(new Claimed(3, false));
      assertThat(claim(order("c", 1))).isEqualTo(new LimitReached(2));
      assertThat(counter.held(dealId, 10)).containsExactly(order("b", 2));
    }

    @Test
    @DisplayName("an id without a claim: it never counts for its buyer, and claims nothing")
    void unseen() {
      counter.open(Deal.of(dealId, 9).withLimitPerBuyer(2));
      Order order = order("a", 2);
      counter.giveBack(List.of(order));
      counter.settle(List.of(order));
      assertThat(claim(order)).isEqualTo(new Claimed(9, true));
      assertThat(stock().remaining()).isEqualTo(9);
      assertThat(claim(order("b", 2))).isEqualTo(new Claimed(7, false));
      counter.giveBack(List.of(order));
      assertThat(claim(order("c", 1))).isEqualTo(new LimitReached(2));
    }

    @Test
    @DisplayName("an order that was settled without a claim: it no longer counts for its buyer")
    void learned() {
      counter.open(Deal.of(dealId, 9).withLimitPerBuyer(2));
      counter.settle(List.of(order("a", 2)));
      assertThat(claim(order("b", 1))).isEqualTo(new LimitReached(2));
      counter.giveBack(List.of(order("a", 2)));
      counter.giveBack(List.of(order("a", 2)));
      assertThat(claim(order("b", 2))).isEqualTo(new Claimed(7, false));
      assertThat(claim(order("c", 1))).isEqualTo(new LimitReached(2));
      assertThat(stock().remaining()).isEqualTo(7);
    }

    @Test
    @DisplayName("each order of a call according to its own claim")
    void mixed() {
      counter.open(Deal.of(dealId, 9));
      counter.claim(List.of(order("settled", 1), order("held", 2), order("kept", 3)));
      counter.settle(List.of(order("settled", 1)));
      counter.giveBack(
          List.of(order("settled", 1), order("none", 1), order("held", 2), order("settled", 1)));
      assertThat(stock().remaining()).isEqualTo(5);
      assertThat(stock().claimed()).isEqualTo(3);
      for (String id : List.of("settled", "none", "held", "kept")) {
        long units = id.equals("held") ? 2 : id.equals("kept") ? 3 : 1;
        assertThat(claim(order(id, units))).as(id).isEqualTo(new Claimed(5, true));
      }
    }

    @Test
    @DisplayName("nothing of an unknown deal, and nothing for an empty list")
    void nothing() {
      counter.giveBack(List.of());
      counter.giveBack(List.of(order("a", 1)));
      assertThat(counter.stock(dealId)).isEmpty();
    }

    @Test
    @DisplayName("orders whose units the log puts on sale again, by a restore")
    void restored() {
      counter.open(Deal.of(dealId, 2));
      claim(order("a", 2));
      counter.settle(List.of(order("a", 2)));
      counter.giveBack(List.of(order("a", 2)));
      assertThat(claim(order("b", 1))).isEqualTo(new SoldOut(0));
      assertThat(counter.restore(Deal.of(dealId, 2), 2, stock().version())).isTrue();
      assertThat(claim(order("a", 2))).isEqualTo(new Claimed(2, true));
      assertThat(claim(order("b", 1))).isEqualTo(new Claimed(1, false));
    }

    @Test
    @DisplayName("until the deal is purged, which forgets them")
    void purged() {
      counter.open(Deal.of(dealId, 2_500).withLimitPerBuyer(1));
      List<Order> orders = Crowd.orders(dealId, 1_500);
      counter.claim(orders);
      counter.settle(orders);
      counter.giveBack(orders);
      counter.close(dealId);
      counter.purge(dealId);
      assertThat(counter.stock(dealId)).isEmpty();
      assertThat(claim(orders.get(0))).isEqualTo(new UnknownDeal());
      counter.open(Deal.of(dealId, 10));
      assertThat(claim(orders.get(0))).isEqualTo(new Claimed(9, false));
    }

    @Test
    @DisplayName("once under concurrent calls, while claims are settled and released")
    void underARace() {
      int units = 100;
      counter.open(Deal.of(dealId, units).withLimitPerBuyer(1));
      List<Order> orders = Crowd.orders(dealId, units);
      List<Runnable> calls = new ArrayList<>();
      for (int i = 0; i < orders.size(); i++) {
        List<Order> one = List.of(orders.get(i));
        boolean sells = i % 2 == 0;
        calls.add(() -> counter.claim(one));
        if (sells) {
          calls.add(() -> counter.settle(one));
        }
        calls.add(() -> counter.giveBack(one));
        calls.add(() -> counter.giveBack(List.of(one.get(0), one.get(0))));
      }
      Race.run(
          THREADS,
          calls,
          call -> {
            call.run();
            return true;
          });
      Stock stock = stock();
      assertThat(stock.claimed()).isZero();
      assertThat(stock.remaining()).isBetween(units / 2L, (long) units);
      assertThat(counter.restore(Deal.of(dealId, units), units, stock.version())).isTrue();
      List<ClaimResult> replays = counter.claim(orders);
      assertThat(replays).containsOnly(new Claimed(units, true));
      List<Order> again =
          orders.stream().map(it -> Order.of(it.id() + "-b", dealId, it.buyerId(), 1)).toList();
      assertThat(counter.claim(again)).allMatch(Claimed.class::isInstance);
      assertThat(stock().remaining()).isZero();
    }
  }

  private Stock stock() {
    return counter.stock(dealId).orElseThrow();
  }

  private Order order(String id, long quantity) {
    return Order.of(id, dealId, "buyer-1", quantity);
  }

  private ClaimResult claim(Order order) {
    return counter.claim(List.of(order)).get(0);
  }
}
