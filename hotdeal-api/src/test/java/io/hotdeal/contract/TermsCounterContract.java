package io.hotdeal.contract;

import static io.hotdeal.contract.Crowd.freshDealId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.ClaimResult;
import io.hotdeal.ClaimResult.Claimed;
import io.hotdeal.Deal;
import io.hotdeal.DealConflictException;
import io.hotdeal.DealState;
import io.hotdeal.Order;
import io.hotdeal.Refusal.Closed;
import io.hotdeal.Refusal.LimitReached;
import io.hotdeal.Refusal.NotYetOpen;
import io.hotdeal.Refusal.Paused;
import io.hotdeal.Refusal.SoldOut;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract of changing terms at the counter, a part of {@link StockCounterContract}. */
public abstract class TermsCounterContract extends ReturnCounterContract {

  private StockCounter counter;
  private String dealId;
  private Instant past;
  private Instant future;

  @Override
  protected abstract StockCounter counter();

  @BeforeEach
  void freshDealOfTerms() {
    counter = counter();
    dealId = freshDealId();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    past = now.minusSeconds(3600);
    future = now.plusSeconds(3600);
  }

  @Nested
  @DisplayName("adopts the terms of the log:")
  class Adopts {

    @Test
    @DisplayName("it tells their state and version, and claims stay as they are")
    void told() {
      Deal deal = Deal.of(dealId, 9).withLimitPerBuyer(5);
      counter.open(deal);
      assertThat(stock().hasTerms(DealTerms.opened(deal))).isTrue();
      claim(order("held", 1));
      claim(order("sold", 2));
      counter.settle(List.of(order("sold", 2)));
      long version = 1;
      for (DealState state :
          List.of(DealState.PAUSED, DealState.OPEN, DealState.CLOSED, DealState.PAUSED)) {
        version++;
        DealTerms terms = new DealTerms(deal.withLimitPerBuyer(5 + version), state, version);
        counter.change(terms);
        counter.change(terms);
        assertThat(stock().hasTerms(terms)).isTrue();
        assertThat(stock().state()).isEqualTo(state);
        assertThat(stock().termsVersion()).isEqualTo(version);
        assertThat(stock().closed()).isEqualTo(state == DealState.CLOSED);
        assertThat(stock().remaining()).isEqualTo(6);
        assertThat(stock().claimed()).isEqualTo(1);
        assertThat(stock().settled()).isEqualTo(2);
        assertThat(counter.held(dealId, 10)).containsExactly(order("held", 1));
        assertThat(claim(order("sold", 2))).isEqualTo(new Claimed(6, true));
      }
    }

    @Test
    @DisplayName("paused, it grants no new claim until it is resumed, and serves those it has")
    void paused() {
      Deal deal = Deal.of(dealId, 9);
      counter.open(deal);
      claim(order("sold", 1));
      claim(order("released", 1));
      counter.change(new DealTerms(deal, DealState.PAUSED, 2));
      assertThat(counter.claim(List.of(order("a", 1), order("sold", 1))))
          .containsExactly(new Paused(), new Claimed(7, true));
      counter.settle(List.of(order("sold", 1)));
      counter.release(List.of(order("released", 1)));
      assertThat(stock().remaining()).isEqualTo(8);
      assertThat(stock().settled()).isEqualTo(1);
      counter.purge(dealId);
      counter.change(new DealTerms(deal, DealState.OPEN, 3));
      assertThat(claim(order("a", 1))).isEqualTo(new Claimed(7, false));
    }

    @Test
    @DisplayName("closed, it grants no new claim until it is opened again, however it was closed")
    void closed() {
      Deal deal = Deal.of(dealId, 9);
      counter.open(deal);
      counter.change(new DealTerms(deal, DealState.CLOSED, 2));
      assertThat(claim(order("a", 1))).isEqualTo(new Closed());
      counter.change(new DealTerms(deal, DealState.OPEN, 3));
      assertThat(claim(order("a", 1))).isEqualTo(new Claimed(8, false));
      counter.close(dealId);
      assertThat(claim(order("b", 1))).isEqualTo(new Closed());
      counter.change(new DealTerms(deal, DealState.OPEN, 5));
      assertThat(claim(order("b", 1))).isEqualTo(new Claimed(7, false));
      counter.change(new DealTerms(deal, DealState.CLOSED, 6));
      counter.purge(dealId);
      assertThat(counter.stock(dealId)).isEmpty();
    }

    @Test
    @DisplayName("claims are granted within the new window only")
    void window() {
      Deal deal = Deal.of(dealId, 9);
      counter.open(deal);
      claim(order("held", 1));
      change(deal.withWindow(past, past.plusMillis(1)), 2);
      assertThat(claim(order("a", 1))).isEqualTo(new Closed());
      change(deal.withWindow(future, Deal.NEVER), 3);
      assertThat(claim(order("a", 1))).isEqualTo(new NotYetOpen());
      assertThat(claim(order("held", 1))).isEqualTo(new Claimed(8, true));
      change(deal.withWindow(past, future), 4);
      assertThat(claim(order("a", 1))).isEqualTo(new Claimed(7, false));
    }

    @Test
    @DisplayName("a new limit per buyer counts what its buyers have, whether it is more or less")
    void limit() {
      Deal deal = Deal.of(dealId, 20);
      counter.open(deal.withLimitPerBuyer(3));
      claim(order("a", 2));
      claim(order("b", 1));
      counter.settle(List.of(order("b", 1)));
      change(deal.withLimitPerBuyer(5), 2);
      assertThat(claim(order("c", 3))).isEqualTo(new LimitReached(5));
      assertThat(claim(order("c", 2))).isEqualTo(new Claimed(15, false));
      change(deal.withLimitPerBuyer(2), 3);
      assertThat(claim(order("d", 1))).isEqualTo(new LimitReached(2));
      counter.release(List.of(order("a", 2), order("c", 2)));
      assertThat(claim(order("d", 2))).isEqualTo(new LimitReached(2));
      assertThat(claim(order("d", 1))).isEqualTo(new Claimed(18, false));
      change(deal, 4);
      assertThat(claim(order("e", 9))).isEqualTo(new Claimed(9, false));
    }

    @Test
    @DisplayName(
        "a first limit per buyer counts what its buyers have, or the counter forgets the deal")
    void firstLimit() {
      Deal deal = Deal.of(dealId, 20);
      counter.open(deal);
      claim(order("a", 2));
      claim(order("b", 1));
      counter.settle(List.of(order("b", 1)));
      DealTerms limited = new DealTerms(deal.withLimitPerBuyer(4), DealState.OPEN, 2);
      counter.change(limited);
      if (counter.stock(dealId).isEmpty()) {
        assertThat(counter.restore(limited, 17, Stock.ABSENT)).isTrue();
        counter.settle(List.of(order("a", 2), order("b", 1)));
      }
      assertThat(stock().hasTerms(limited)).isTrue();
      assertThat(claim(order("a", 2))).isEqualTo(new Claimed(17, true));
      assertThat(claim(order("c", 2))).isEqualTo(new LimitReached(4));
      assertThat(claim(order("c", 1))).isEqualTo(new Claimed(16, false));
      assertThat(claim(order("d", 1))).isEqualTo(new LimitReached(4));
    }

    @Test
    @DisplayName(
        "closed or outside the window comes before paused, this before the limit and units")
    void orderOfRefusals() {
      Deal deal = Deal.of(dealId, 1).withLimitPerBuyer(1);
      counter.open(deal);
      claim(order("a", 1));
      assertThat(claim(order("b", 1))).isEqualTo(new LimitReached(1));
      assertThat(claim(Order.of("c", dealId, "other", 1))).isEqualTo(new SoldOut(0));
      counter.change(new DealTerms(deal, DealState.PAUSED, 2));
      assertThat(claim(order("b", 1))).isEqualTo(new Paused());
      counter.change(new DealTerms(deal.withWindow(past, past.plusMillis(1)), DealState.PAUSED, 3));
      assertThat(claim(order("b", 1))).isEqualTo(new Closed());
      counter.change(new DealTerms(deal.withWindow(future, Deal.NEVER), DealState.PAUSED, 4));
      assertThat(claim(order("b", 1))).isEqualTo(new NotYetOpen());
    }

    @Test
    @DisplayName("none of an earlier version, and none of a deal that it does not know")
    void older() {
      Deal deal = Deal.of(dealId, 9).withLimitPerBuyer(2);
      counter.change(new DealTerms(deal, DealState.OPEN, 2));
      assertThat(counter.stock(dealId)).isEmpty();
      counter.open(deal);
      DealTerms third = new DealTerms(deal.withLimitPerBuyer(1), DealState.PAUSED, 3);
      counter.change(third);
      Stock before = stock();
      counter.change(new DealTerms(deal.withLimitPerBuyer(5), DealState.OPEN, 2));
      counter.change(DealTerms.opened(deal));
      assertThat(stock()).isEqualTo(before);
      assertThat(stock().hasTerms(third)).isTrue();
      assertThat(claim(order("a", 1))).isEqualTo(new Paused());
    }

    @Test
    @DisplayName("a restore with the version before them fails")
    void versionMoves() {
      Deal deal = Deal.of(dealId, 9).withLimitPerBuyer(2);
      counter.open(deal);
      long version = stock().version();
      counter.change(new DealTerms(deal, DealState.PAUSED, 2));
      long paused = stock().version();
      assertThat(paused).isNotEqualTo(version).isPositive();
      assertThat(counter.restore(deal, 5, version)).isFalse();
      change(deal.withLimitPerBuyer(1), 3);
      assertThat(counter.restore(deal, 5, paused)).isFalse();
      assertThat(stock().remaining()).isEqualTo(9);
    }
  }

  @Nested
  @DisplayName("opens a deal whose terms were changed")
  class OpensAgain {

    @Test
    @DisplayName("with the first terms or the new ones, which changes nothing")
    void again() {
      Deal first = Deal.of(dealId, 9).withLimitPerBuyer(3).withWindow(past, future);
      counter.open(first);
      claim(order("a", 2));
      Deal second = first.withLimitPerBuyer(5).withWindow(past, future.plusMillis(1));
      counter.change(new DealTerms(second, DealState.PAUSED, 2));
      Stock before = stock();
      for (Deal same : List.of(first, second, first.withLimitPerBuyer(7), Deal.of(dealId, 9))) {
        counter.open(same);
        assertThat(stock()).isEqualTo(before);
      }
      assertThat(claim(order("b", 1))).isEqualTo(new Paused());
    }

    @Test
    @DisplayName("not with other terms than those that can change")
    void conflicts() {
      Deal first = Deal.of(dealId, 9).withLimitPerBuyer(3);
      counter.open(first);
      Deal second = first.withLimitPerBuyer(5);
      change(second, 2);
      for (Deal base : List.of(first, second)) {
        for (Deal other :
            List.of(
                OrderLogContract.withQuantity(base, 8), base.withHold(base.hold().plusMillis(1)))) {
          assertThatThrownBy(() -> counter.open(other))
              .as("%s", other)
              .isInstanceOf(DealConflictException.class)
              .hasMessageContaining(dealId);
        }
      }
      assertThat(stock().termsVersion()).isEqualTo(2);
    }
  }

  @Nested
  @DisplayName("is restored with changed terms")
  class RestoresTerms {

    @Test
    @DisplayName("as they are, if it does not have the deal")
    void whereMissing() {
      Deal deal = Deal.of(dealId, 9).withLimitPerBuyer(2);
      DealTerms paused = new DealTerms(deal, DealState.PAUSED, 3);
      assertThat(counter.restore(paused, 4, Stock.ABSENT)).isTrue();
      assertThat(stock().hasTerms(paused)).isTrue();
      assertThat(stock().remaining()).isEqualTo(4);
      assertThat(claim(order("a", 1))).isEqualTo(new Paused());
      change(deal, 2);
      assertThat(claim(order("a", 1))).isEqualTo(new Paused());
      counter.open(deal.withLimitPerBuyer(1));
      change(deal, 4);
      assertThat(claim(order("a", 3))).isEqualTo(new LimitReached(2));
      assertThat(claim(order("a", 2))).isEqualTo(new Claimed(2, false));
    }

    @Test
    @DisplayName("as closed, if they are")
    void closed() {
      DealTerms closed = new DealTerms(Deal.of(dealId, 9), DealState.CLOSED, 2);
      assertThat(counter.restore(closed, 4, Stock.ABSENT)).isTrue();
      assertThat(stock().closed()).isTrue();
      assertThat(claim(order("a", 1))).isEqualTo(new Closed());
    }

    @Test
    @DisplayName("not, if it has the deal: this keeps its own terms")
    void whereItIs() {
      Deal deal = Deal.of(dealId, 9).withLimitPerBuyer(2);
      counter.open(deal);
      counter.change(new DealTerms(deal, DealState.PAUSED, 2));
      DealTerms third = new DealTerms(deal.withLimitPerBuyer(5), DealState.OPEN, 3);
      assertThat(counter.restore(third, 5, stock().version())).isTrue();
      assertThat(stock().remaining()).isEqualTo(5);
      assertThat(stock().hasTerms(new DealTerms(deal, DealState.PAUSED, 2))).isTrue();
      assertThat(claim(order("a", 1))).isEqualTo(new Paused());
      counter.change(new DealTerms(deal, DealState.CLOSED, 4));
      assertThat(counter.restore(third, 6, stock().version())).isTrue();
      assertThat(stock().closed()).isTrue();
      assertThat(claim(order("a", 1))).isEqualTo(new Closed());
    }
  }

  private void change(Deal deal, long version) {
    counter.change(new DealTerms(deal, DealState.OPEN, version));
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
