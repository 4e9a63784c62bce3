package io.hotdeal.contract;

import static io.hotdeal.contract.Crowd.THREADS;
import static io.hotdeal.contract.Crowd.freshDealId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.ClaimResult;
import io.hotdeal.ClaimResult.Claimed;
import io.hotdeal.Deal;
import io.hotdeal.DealConflictException;
import io.hotdeal.Order;
import io.hotdeal.Refusal.Closed;
import io.hotdeal.Refusal.Conflict;
import io.hotdeal.Refusal.LimitReached;
import io.hotdeal.Refusal.NotYetOpen;
import io.hotdeal.Refusal.SoldOut;
import io.hotdeal.Refusal.UnknownDeal;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link StockCounter}. The test of an implementation extends it and supplies
 * the counter. Every test uses its own deal id, so that nothing has to be cleaned up.
 */
@DisplayName("A stock counter")
public abstract class StockCounterContract extends MixedDealsCounterContract {

  private StockCounter counter;
  private String dealId;

  @Override
  protected abstract StockCounter counter();

  @BeforeEach
  void freshDeal() {
    counter = counter();
    dealId = freshDealId();
  }

  @Nested
  @DisplayName("opens a deal")
  class Opens {

    @Test
    @DisplayName("with all its units, and has no stock of it before")
    void withAllItsUnits() {
      assertThat(counter.stock(dealId)).isEmpty();
      counter.open(Deal.of(dealId, 7));
      Stock stock = stock();
      assertThat(stock.remaining()).isEqualTo(7);
      assertThat(stock.claimed()).isZero();
      assertThat(stock.settled()).isZero();
      assertThat(stock.version()).isPositive();
      assertThat(stock.closed()).isFalse();
    }

    @Test
    @DisplayName("once: the same terms again change nothing, even after claims")
    void onlyOnce() {
      Deal deal = fullyTermed();
      counter.open(deal);
      claim(order("a", "buyer", 2));
      Stock before = stock();
      counter.open(deal);
      assertThat(stock()).isEqualTo(before);
    }

    @Test
    @DisplayName("and refuses to open its id with any different term")
    void refusesOtherTerms() {
      Deal deal = fullyTermed();
      counter.open(deal);
      List<Deal> others =
          List.of(
              OrderLogContract.withQuantity(deal, 8),
              deal.withLimitPerBuyer(4),
              deal.withWindow(deal.opens().plusMillis(1), deal.closes()),
              deal.withWindow(deal.opens(), deal.closes().plusMillis(1)),
              deal.withHold(deal.hold().plusMillis(1)));
      for (Deal other : others) {
        assertThatThrownBy(() -> counter.open(other))
            .isInstanceOf(DealConflictException.class)
            .hasMessageContaining(dealId);
      }
      assertThat(stock().remaining()).isEqualTo(7);
    }

    private Deal fullyTermed() {
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      return Deal.of(dealId, 7)
          .withLimitPerBuyer(3)
          .withWindow(now.minusSeconds(3600), now.plusSeconds(3600))
          .withHold(Duration.ofMillis(123_456))
          .withLongestHold(Duration.ofMillis(654_321));
    }
  }

  @Nested
  @DisplayName("claims")
  class Claims {

    @Test
    @DisplayName("each order's units, in list order, and returns the units left after each")
    void inListOrder() {
      counter.open(Deal.of(dealId, 10));
      assertThat(claims(order("a", 1), order("b", 3), order("c", 2)))
          .containsExactly(claimed(9), claimed(6), claimed(4));
      assertThat(stock().remaining()).isEqualTo(4);
      assertThat(stock().claimed()).isEqualTo(6);
    }

    @Test
    @DisplayName(
        "all units of an order or none, so that a smaller order after it may still be granted")
    void allOrNone() {
      counter.open(Deal.of(dealId, 3));
      assertThat(claims(order("a", 2), order("b", 2), order("c", 1), order("d", 1)))
          .containsExactly(claimed(1), new SoldOut(1), claimed(0), new SoldOut(0));
      assertThat(stock().remaining()).isZero();
    }

    @Test
    @DisplayName("once per id: a retry gets the first claim, marked as replayed")
    void oncePerId() {
      counter.open(Deal.of(dealId, 2));
      claim(order("a", 1));
      assertThat(claim(order("a", 1))).isEqualTo(new Claimed(1, true));
      claim(order("b", 1));
      assertThat(claim(order("a", 1))).isEqualTo(new Claimed(0, true));
      assertThat(stock().claimed()).isEqualTo(2);
    }

    @Test
    @DisplayName("the same for a first attempt and for a retry: the mark is not part of an order")
    void whateverTheMark() {
      counter.open(Deal.of(dealId, 5).withHold(Duration.ofMillis(1)));
      Order retry = order("a", "x", 2);
      Order first = retry.asFirstAttempt();
      assertThat(claim(first)).isEqualTo(claimed(3));
      assertThat(claim(retry)).isEqualTo(new Claimed(3, true));
      assertThat(claim(first)).isEqualTo(new Claimed(3, true));
      assertThat(counter.held(dealId, 10)).containsExactly(retry);
      counter.release(List.of(first));
      assertThat(stock().remaining()).isEqualTo(5);
      claim(retry);
      counter.settle(List.of(first));
      assertThat(stock().settled()).isEqualTo(2);
      assertThat(claim(first)).isEqualTo(new Claimed(3, true));
    }

    @Test
    @DisplayName("once per id, also within one call")
    void oncePerIdWithinACall() {
      counter.open(Deal.of(dealId, 5));
      assertThat(claims(order("a", 2), order("a", 2), order("a", 1), order("b", 1)))
          .containsExactly(claimed(3), new Claimed(3, true), new Conflict(), claimed(2));
    }

    @Test
    @DisplayName("nothing for an id that was used with another buyer or quantity")
    void conflicts() {
      counter.open(Deal.of(dealId, 5));
      claim(order("a", "buyer-1", 1));
      assertThat(claim(order("a", "buyer-2", 1))).isEqualTo(new Conflict());
      assertThat(claim(order("a", "buyer-1", 2))).isEqualTo(new Conflict());
      assertThat(stock().remaining()).isEqualTo(4);
    }

    @Test
    @DisplayName("nothing of an unknown deal, which is not the same as sold out")
    void unknownDeal() {
      assertThat(claims(order("a", 1), order("b", 1)))
          .containsExactly(new UnknownDeal(), new UnknownDeal());
      assertThat(counter.stock(dealId)).isEmpty();
    }

    @Test
    @DisplayName("nothing for an empty list")
    void emptyList() {
      assertThat(counter.claim(List.of())).isEmpty();
      counter.settle(List.of());
      counter.release(List.of());
    }

    @Test
    @DisplayName("the largest quantities exactly")
    void largestQuantities() {
      counter.open(Deal.of(dealId, 1_000_000_000));
      assertThat(claim(order("a", 999_999_999))).isEqualTo(claimed(1));
      assertThat(claim(order("b", 1_000_000_000))).isEqualTo(new SoldOut(1));
      assertThat(claim(order("c", 1))).isEqualTo(claimed(0));
    }

    @Test
    @DisplayName("a batch of 1,000 orders in one call")
    void largeBatch() {
      counter.open(Deal.of(dealId, 900));
      List<ClaimResult> results = counter.claim(Crowd.orders(dealId, 1000));
      assertThat(results.subList(0, 900)).allMatch(Claimed.class::isInstance);
      assertThat(results.subList(900, 1000)).containsOnly(new SoldOut(0));
    }

    @Test
    @DisplayName("orders with the longest id, and with each kind of allowed character")
    void allowedIds() {
      counter.open(Deal.of(dealId, 3));
      String longest = "A.z_0-9".repeat(10).substring(0, 64);
      for (String id : List.of(longest, "-", ".")) {
        assertThat(claim(Order.of(id, dealId, longest, 1))).isInstanceOf(Claimed.class);
        assertThat(claim(Order.of(id, dealId, longest, 1)))
            .isEqualTo(new Claimed(2 - index(id), true));
      }
    }

    private long index(String id) {
      return id.length() == 64 ? 0 : id.equals("-") ? 1 : 2;
    }
  }

  @Nested
  @DisplayName("enforces the limit per buyer")
  class Limits {

    @Test
    @DisplayName("over all orders of the same buyer, and not of others")
    void perBuyer() {
      counter.open(Deal.of(dealId, 100).withLimitPerBuyer(3));
      assertThat(
              claims(
                  order("a", "x", 2),
                  order("b", "x", 2),
                  order("c", "x", 1),
                  order("d", "x", 1),
                  order("e", "y", 3),
                  order("f", "z", 4)))
          .containsExactly(
              claimed(98),
              new LimitReached(3),
              claimed(97),
              new LimitReached(3),
              claimed(94),
              new LimitReached(3));
    }

    @Test
    @DisplayName("without counting retries, and a released order no longer counts")
    void retriesAndReleases() {
      counter.open(Deal.of(dealId, 100).withLimitPerBuyer(2));
      claim(order("a", "x", 2));
      assertThat(claim(order("a", "x", 2))).isEqualTo(new Claimed(98, true));
      counter.release(List.of(order("a", "x", 2)));
      assertThat(claim(order("b", "x", 2))).isEqualTo(claimed(98));
      counter.settle(List.of(order("b", "x", 2)));
      assertThat(claim(order("c", "x", 1))).isEqualTo(new LimitReached(2));
    }

    @Test
    @DisplayName(
        "and counts an order that is settled without a claim once, without taking its units")
    void learnsFromSettlements() {
      counter.open(Deal.of(dealId, 100).withLimitPerBuyer(3));
      counter.settle(List.of(order("a", "x", 2)));
      counter.settle(List.of(order("a", "x", 2), order("b", "y", 3)));
      assertThat(stock().remaining()).isEqualTo(100);
      counter.release(List.of(order("a", "x", 2)));
      assertThat(
              claims(
                  order("c", "x", 2),
                  order("d", "x", 1),
                  order("e", "x", 1),
                  order("f", "y", 1),
                  order("g", "z", 3)))
          .containsExactly(
              new LimitReached(3),
              claimed(99),
              new LimitReached(3),
              new LimitReached(3),
              claimed(96));
    }

    @Test
    @DisplayName("and a release gives back the units of that order only")
    void givesBackNoMore() {
      counter.open(Deal.of(dealId, 100).withLimitPerBuyer(5));
      claims(order("a", "x", 2), order("b", "x", 3));
      counter.release(List.of(order("a", "x", 2)));
      assertThat(claims(order("c", "x", 3), order("d", "x", 2)))
          .containsExactly(new LimitReached(5), claimed(95));
    }

    @Test
    @DisplayName("before it checks the units left: LimitReached takes precedence over SoldOut")
    void beforeTheUnits() {
      counter.open(Deal.of(dealId, 1).withLimitPerBuyer(1));
      claim(order("a", "x", 1));
      assertThat(claim(order("b", "x", 1))).isEqualTo(new LimitReached(1));
      assertThat(claim(order("c", "y", 1))).isEqualTo(new SoldOut(0));
    }

    @Test
    @DisplayName("without counting an order that was refused as SoldOut")
    void refusedUsesNothing() {
      counter.open(Deal.of(dealId, 1).withLimitPerBuyer(2));
      assertThat(claim(order("a", "x", 2))).isEqualTo(new SoldOut(1));
      assertThat(claim(order("b", "x", 1))).isEqualTo(claimed(0));
    }

    @Test
    @DisplayName("while " + THREADS + " threads claim concurrently")
    void underARace() {
      counter.open(Deal.of(dealId, 10_000).withLimitPerBuyer(3));
      List<Order> orders =
          IntStream.range(0, 2000).mapToObj(i -> order("o" + i, "buyer-" + i % 20, 1)).toList();
      List<ClaimResult> results = Race.run(THREADS, orders, StockCounterContract.this::claim);
      Map<String, Long> perBuyer = new HashMap<>();
      for (int i = 0; i < orders.size(); i++) {
        if (results.get(i) instanceof Claimed) {
          perBuyer.merge(orders.get(i).buyerId(), 1L, Long::sum);
        } else {
          assertThat(results.get(i)).isEqualTo(new LimitReached(3));
        }
      }
      assertThat(perBuyer).hasSize(20).values().containsOnly(3L);
      assertThat(stock().remaining()).isEqualTo(10_000 - 60);
    }
  }

  @Nested
  @DisplayName("grants claims within the deal's window only:")
  class Windows {

    @Test
    @DisplayName("a claim before it opens is refused")
    void notBefore() {
      Instant soon = Instant.now().plusSeconds(3600);
      counter.open(Deal.of(dealId, 5).withWindow(soon, Deal.NEVER));
      assertThat(claim(order("a", 1))).isEqualTo(new NotYetOpen());
      assertThat(stock().remaining()).isEqualTo(5);
    }

    @Test
    @DisplayName("a claim after it closed is refused")
    void notAfter() {
      Instant past = Instant.now().minusSeconds(3600);
      counter.open(Deal.of(dealId, 5).withWindow(Deal.ALWAYS, past));
      assertThat(claim(order("a", 1))).isEqualTo(new Closed());
      assertThat(stock().remaining()).isEqualTo(5);
    }

    @Test
    @DisplayName("after close() new claims are refused, and ids with a claim are still answered")
    void closedByHand() {
      counter.open(Deal.of(dealId, 5));
      claims(order("a", 1), order("b", 1));
      counter.close(dealId);
      counter.close(dealId);
      assertThat(claims(order("a", 1), order("c", 1)))
          .containsExactly(new Claimed(3, true), new Closed());
      assertThat(stock().closed()).isTrue();
      counter.release(List.of(order("a", 1)));
      counter.settle(List.of(order("b", 1)));
      assertThat(stock().remaining()).isEqualTo(4);
      assertThat(claim(order("a", 1))).isEqualTo(new Closed());
    }

    @Test
    @DisplayName("closing an unknown deal has no effect")
    void closingTheUnknown() {
      counter.close(dealId);
      assertThat(counter.stock(dealId)).isEmpty();
    }
  }

  @Nested
  @DisplayName("releases")
  class Releases {

    @Test
    @DisplayName("a claim once, even if it is released repeatedly")
    void once() {
      counter.open(Deal.of(dealId, 5));
      claim(order("a", 2));
      counter.release(List.of(order("a", 2), order("a", 2)));
      counter.release(List.of(order("a", 2)));
      assertThat(stock().remaining()).isEqualTo(5);
      assertThat(stock().claimed()).isZero();
    }

    @Test
    @DisplayName("nothing that was never claimed, and nothing of an unknown deal")
    void nothingUnclaimed() {
      counter.release(List.of(order("a", 1)));
      counter.open(Deal.of(dealId, 5));
      counter.release(List.of(order("a", 1)));
      assertThat(stock().remaining()).isEqualTo(5);
    }

    @Test
    @DisplayName("no claim that is settled")
    void nothingSettled() {
      counter.open(Deal.of(dealId, 5));
      claim(order("a", 2));
      counter.settle(List.of(order("a", 2)));
      counter.release(List.of(order("a", 2)));
      assertThat(stock().remaining()).isEqualTo(3);
    }

    @Test
    @DisplayName("no claim whose buyer or quantity differs")
    void nothingOfAnother() {
      counter.open(Deal.of(dealId, 5));
      claim(order("a", "x", 2));
      counter.release(List.of(order("a", "x", 1), order("a", "y", 2)));
      assertThat(stock().remaining()).isEqualTo(3);
    }

    @Test
    @DisplayName("units, which can be claimed again, also by the same id")
    void claimableAgain() {
      counter.open(Deal.of(dealId, 1));
      claim(order("a", 1));
      counter.release(List.of(order("a", 1)));
      assertThat(claim(order("b", 1))).isEqualTo(claimed(0));
      assertThat(claim(order("a", 1))).isEqualTo(new SoldOut(0));
      counter.release(List.of(order("b", 1)));
      assertThat(claim(order("a", 1))).isEqualTo(claimed(0));
    }
  }

  @Nested
  @DisplayName("settles")
  class Settles {

    @Test
    @DisplayName("a claim and remembers its id, so that a late duplicate claims nothing")
    void remembersTheId() {
      counter.open(Deal.of(dealId, 5));
      claim(order("a", 2));
      counter.settle(List.of(order("a", 2)));
      counter.settle(List.of(order("a", 2)));
      assertThat(claim(order("a", 2))).isEqualTo(new Claimed(3, true));
      assertThat(claim(order("a", 1))).isEqualTo(new Conflict());
      assertThat(stock().settled()).isEqualTo(2);
      assertThat(stock().claimed()).isZero();
    }

    @Test
    @DisplayName("an id without a claim: it is remembered, and no units are taken")
    void unseen() {
      counter.settle(List.of(order("a", 2)));
      assertThat(counter.stock(dealId)).isEmpty();
      counter.open(Deal.of(dealId, 5));
      counter.settle(List.of(order("a", 2)));
      assertThat(stock().remaining()).isEqualTo(5);
      assertThat(claim(order("a", 2))).isEqualTo(new Claimed(5, true));
    }
  }

  @Nested
  @DisplayName("lists claims")
  class Overdue {

    @Test
    @DisplayName("that are overdue, with their content, up to a limit")
    void namesThem() {
      counter.open(Deal.of(dealId, 9).withHold(Duration.ofMillis(1)));
      Order first = order("z", "x", 1);
      Order second = order("a", "y", 2);
      Order third = order("m", "z", 3);
      claim(first);
      awaitOverdue(1);
      claim(second);
      awaitOverdue(2);
      claim(third);
      awaitOverdue(3);
      assertThat(counter.overdue(dealId, 10)).containsExactlyInAnyOrder(first, second, third);
      assertThat(counter.overdue(dealId, 3)).containsExactlyInAnyOrder(first, second, third);
      assertThat(counter.overdue(dealId, 2)).hasSize(2).doesNotHaveDuplicates();
      assertThat(List.of(first, second, third)).containsAll(counter.overdue(dealId, 2));
      counter.settle(List.of(first));
      counter.release(List.of(second));
      assertThat(counter.overdue(dealId, 10)).containsExactly(third);
    }

    @Test
    @DisplayName("as overdue after their hold only, and none of an unknown deal")
    void notOverdue() {
      assertThat(counter.overdue(dealId, 10)).isEmpty();
      counter.open(Deal.of(dealId, 9).withHold(Duration.ofHours(1)));
      claim(order("a", 1));
      assertThat(counter.overdue(dealId, 10)).isEmpty();
      assertThatThrownBy(() -> counter.overdue(dealId, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("0");
    }

    @Test
    @DisplayName("of held orders as overdue after payWithin, whatever the deal's hold")
    void overdueByPayWithin() {
      counter.open(Deal.of(dealId, 9).withHold(Duration.ofMillis(1)));
      Order late = order("late", "x", 1).withPayWithin(Duration.ofMinutes(10));
      Order soon = order("soon", "y", 2).withPayWithin(Duration.ofMillis(1));
      assertThat(claims(order("usual", "z", 3), late, soon)).hasSize(3);
      awaitOverdue(2);
      assertThat(counter.overdue(dealId, 10))
          .containsExactlyInAnyOrder(order("usual", "z", 3), order("soon", "y", 2));
      assertThat(counter.held(dealId, 10)).hasSize(3).contains(order("late", "x", 1));
    }

    @Test
    @DisplayName("as overdue later if they are claimed again with payWithin, and never earlier")
    void extended() {
      counter.open(Deal.of(dealId, 9).withHold(Duration.ofMillis(1)));
      Order usual = order("a", "x", 1);
      claim(usual);
      awaitOverdue(1);
      assertThat(claim(usual.withPayWithin(Duration.ofMinutes(10))))
          .isEqualTo(new Claimed(8, true));
      assertThat(counter.overdue(dealId, 10)).isEmpty();
      claim(usual.withPayWithin(Duration.ofMillis(1)));
      claim(usual);
      claim(order("b", "y", 1));
      awaitOverdue(1);
      assertThat(counter.overdue(dealId, 10)).containsExactly(order("b", "y", 1));
      counter.settle(List.of(usual));
      claim(usual.withPayWithin(Duration.ofMillis(1)));
      assertThat(counter.held(dealId, 10)).containsExactly(order("b", "y", 1));
      assertThat(stock().settled()).isEqualTo(1);
    }

    @Test
    @DisplayName(
        "as overdue later if they are postponed, and never earlier; no claim is made by it")
    void postponed() {
      counter.open(Deal.of(dealId, 9).withHold(Duration.ofMillis(1)));
      Order claimed = order("a", "x", 1);
      Duration later = Duration.ofMinutes(10);
      claim(claimed);
      counter.postpone(
          List.of(claimed.withPayWithin(later), order("none", "y", 1).withPayWithin(later)));
      counter.postpone(List.of(claimed.withPayWithin(Duration.ofMillis(1)), claimed));
      claim(order("b", "x", 1));
      counter.postpone(List.of(order("b", "another", 1).withPayWithin(later)));
      awaitOverdue(1);
      assertThat(counter.overdue(dealId, 10)).containsExactly(order("b", "x", 1));
      assertThat(counter.held(dealId, 10)).hasSize(2);
      counter.settle(List.of(claimed));
      counter.postpone(List.of(claimed.withPayWithin(later)));
      counter.postpone(List.of());
      assertThat(counter.held(dealId, 10)).containsExactly(order("b", "x", 1));
      assertThat(stock().remaining()).isEqualTo(7);
    }

    @Test
    @DisplayName("that are held, overdue or not, until they are settled or released")
    void allThatAreHeld() {
      assertThat(counter.held(dealId, 10)).isEmpty();
      counter.open(Deal.of(dealId, 9).withHold(Duration.ofHours(1)));
      claim(order("a", "x", 1));
      claim(order("b", "y", 2));
      claim(order("c", "z", 3));
      assertThat(counter.held(dealId, 10))
          .containsExactlyInAnyOrder(order("a", "x", 1), order("b", "y", 2), order("c", "z", 3));
      assertThat(counter.held(dealId, 2)).hasSize(2);
      counter.settle(List.of(order("a", "x", 1), order("noted", "x", 1)));
      counter.release(List.of(order("b", "y", 2)));
      assertThat(counter.held(dealId, 10)).containsExactly(order("c", "z", 3));
      assertThatThrownBy(() -> counter.held(dealId, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("0");
    }

    private void awaitOverdue(int count) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (counter.overdue(dealId, 10).size() < count) {
        assertThat(System.nanoTime()).as("claims overdue within 30 s").isLessThan(deadline);
        Thread.onSpinWait();
      }
    }
  }

  @Nested
  @DisplayName("is restored")
  class Restores {

    @Test
    @DisplayName("with the terms of a deal that it does not have")
    void whereMissing() {
      Deal deal = Deal.of(dealId, 10).withLimitPerBuyer(2);
      assertThat(counter.restore(deal, 4, Stock.ABSENT)).isTrue();
      assertThat(stock().remaining()).isEqualTo(4);
      assertThat(claim(order("a", "x", 3))).isEqualTo(new LimitReached(2));
      assertThat(claim(order("a", "x", 2))).isEqualTo(claimed(2));
      counter.open(deal);
    }

    @Test
    @DisplayName("not if it does not have the deal and another version than ABSENT is given")
    void missingUnexpectedly() {
      assertThat(counter.restore(Deal.of(dealId, 10), 4, 1)).isFalse();
      assertThat(counter.stock(dealId)).isEmpty();
    }

    @Test
    @DisplayName("with 0 units left, which is sold out and not unknown")
    void toNothing() {
      assertThat(counter.restore(Deal.of(dealId, 10), 0, Stock.ABSENT)).isTrue();
      assertThat(claim(order("a", 1))).isEqualTo(new SoldOut(0));
    }

    @Test
    @DisplayName("only if the version is still the given one")
    void compareAndSet() {
      Deal deal = Deal.of(dealId, 10);
      counter.open(deal);
      long version = stock().version();
      claim(order("a", 1));
      assertThat(counter.restore(deal, 5, version)).isFalse();
      assertThat(counter.restore(deal, 5, Stock.ABSENT)).isFalse();
      assertThat(stock().remaining()).isEqualTo(9);
      assertThat(counter.restore(deal, 5, stock().version())).isTrue();
      assertThat(stock().remaining()).isEqualTo(5);
      assertThat(claim(order("a", 1))).isEqualTo(new Claimed(5, true));
    }

    @Test
    @DisplayName("by one of several concurrent calls only")
    void byOneOnly() {
      Deal deal = Deal.of(dealId, 10);
      List<Boolean> restored =
          Race.run(
              8,
              IntStream.range(0, 8).boxed().toList(),
              i -> counter.restore(deal, 3, Stock.ABSENT));
      assertThat(restored).containsOnlyOnce(true);
      assertThat(stock().remaining()).isEqualTo(3);
    }

    @Test
    @DisplayName("by its version, which changes with every claim, release, restore and close")
    void versionMoves() {
      Deal deal = Deal.of(dealId, 10);
      counter.open(deal);
      Set<Long> versions = new HashSet<>(List.of(stock().version()));
      claim(order("a", 1));
      versions.add(stock().version());
      counter.release(List.of(order("a", 1)));
      versions.add(stock().version());
      counter.restore(deal, 10, stock().version());
      versions.add(stock().version());
      counter.close(dealId);
      versions.add(stock().version());
      assertThat(versions).hasSize(5);
    }

    @Test
    @DisplayName("with a number of units within the limits only")
    void withinLimits() {
      Deal deal = Deal.of(dealId, 10);
      for (long remaining : new long[] {-1, 1_000_000_001}) {
        assertThatThrownBy(() -> counter.restore(deal, remaining, Stock.ABSENT))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(Long.toString(remaining));
      }
      assertThat(counter.restore(deal, 1_000_000_000, Stock.ABSENT)).isTrue();
    }
  }

  @Nested
  @DisplayName("is purged")
  class Purges {

    @Test
    @DisplayName("of all data of a closed deal, which is unknown afterwards")
    void onceClosed() {
      counter.open(Deal.of(dealId, 5_000).withLimitPerBuyer(9));
      List<Order> orders = Crowd.orders(dealId, 2_500);
      counter.claim(orders);
      counter.settle(orders.subList(0, 1_500));
      counter.close(dealId);
      counter.purge(dealId);
      assertThat(counter.stock(dealId)).isEmpty();
      assertThat(counter.held(dealId, 10)).isEmpty();
      assertThat(counter.claim(List.of(orders.get(0), orders.get(2_000), order("new", 1))))
          .containsOnly(new UnknownDeal());
      counter.purge(dealId);
    }

    @Test
    @DisplayName("of nothing while the deal is open, and of nothing if it is unknown")
    void notWhileOpen() {
      counter.purge(dealId);
      counter.open(Deal.of(dealId, 10));
      claim(order("held", 1));
      claim(order("sold", 1));
      counter.settle(List.of(order("sold", 1)));
      counter.purge(dealId);
      assertThat(claim(order("held", 1))).isEqualTo(new Claimed(8, true));
      assertThat(claim(order("sold", 1))).isEqualTo(new Claimed(8, true));
    }
  }

  @Nested
  @DisplayName("under concurrent calls")
  class Boundary {

    @Test
    @DisplayName(
        "grants exactly its 1,000 units to 5,000 orders with duplicates from "
            + THREADS
            + " threads, and each id gets one result")
    void neverOversells() {
      counter.open(Deal.of(dealId, 1000));
      List<List<Order>> calls =
          Crowd.callsWithDuplicates(Crowd.orders(dealId, 4000), 5000, 20_260_101);
      List<List<ClaimResult>> answers = Race.run(THREADS, calls, counter::claim);

      int granted = 0;
      Map<String, Set<Boolean>> verdicts = new HashMap<>();
      for (int i = 0; i < calls.size(); i++) {
        for (int j = 0; j < calls.get(i).size(); j++) {
          ClaimResult answer = answers.get(i).get(j);
          boolean claimed = answer instanceof Claimed;
          granted += answer instanceof Claimed c && !c.replayed() ? 1 : 0;
          assertThat(claimed || answer.equals(new SoldOut(0))).as("%s", answer).isTrue();
          verdicts.computeIfAbsent(calls.get(i).get(j).id(), id -> new HashSet<>()).add(claimed);
        }
      }
      assertThat(granted).as("claims granted").isEqualTo(1000);
      assertThat(verdicts.values()).allMatch(verdict -> verdict.size() == 1);
      assertThat(verdicts.values().stream().filter(v -> v.contains(true))).hasSize(1000);
      assertThat(stock().remaining()).isZero();
      assertThat(stock().claimed()).isEqualTo(1000);
    }

    @Test
    @DisplayName("refuses only orders for more units than are left, with mixed quantities")
    void mixedQuantities() {
      counter.open(Deal.of(dealId, 1000));
      List<Order> orders =
          IntStream.range(0, 1500).mapToObj(i -> order("o" + i, 1 + i % 3)).toList();
      List<ClaimResult> results = Race.run(THREADS, orders, StockCounterContract.this::claim);
      long taken = 0;
      List<Order> refused = new ArrayList<>();
      for (int i = 0; i < orders.size(); i++) {
        if (results.get(i) instanceof Claimed) {
          taken += orders.get(i).quantity();
        } else {
          refused.add(orders.get(i));
        }
      }
      long left = stock().remaining();
      assertThat(taken + left).isEqualTo(1000);
      assertThat(refused).allMatch(order -> order.quantity() > left);
    }

    @Test
    @DisplayName("neither loses nor creates units while claims are released and settled")
    void unitsAreConserved() {
      counter.open(Deal.of(dealId, 50));
      List<Order> orders = Crowd.orders(dealId, 1500);
      List<Boolean> sold =
          Race.run(
              THREADS,
              orders,
              order -> {
                boolean claimed = claim(order) instanceof Claimed;
                boolean sells = claimed && order.id().hashCode() % 50 == 0;
                if (sells) {
                  counter.settle(List.of(order));
                } else if (claimed) {
                  counter.release(List.of(order));
                  counter.release(List.of(order));
                }
                return sells;
              });
      long soldUnits = sold.stream().filter(s -> s).count();
      assertThat(stock().remaining() + soldUnits).isEqualTo(50);
      assertThat(stock().settled()).isEqualTo(soldUnits);
      assertThat(stock().claimed()).isZero();
    }

    @Test
    @DisplayName("counts the units of each deal separately")
    void dealsApart() {
      List<String> deals = List.of(dealId, dealId + ".b", dealId + "-c");
      deals.forEach(id -> counter.open(Deal.of(id, 10)));
      List<Order> orders =
          IntStream.range(0, 300)
              .mapToObj(i -> Order.of("o" + i / 3, deals.get(i % 3), "buyer", 1))
              .toList();
      List<ClaimResult> results = Race.run(THREADS, orders, StockCounterContract.this::claim);
      Map<String, Long> perDeal =
          IntStream.range(0, 300)
              .filter(i -> results.get(i) instanceof Claimed)
              .boxed()
              .collect(Collectors.groupingBy(i -> orders.get(i).dealId(), Collectors.counting()));
      assertThat(perDeal).hasSize(3).values().containsOnly(10L);
    }
  }

  private Stock stock() {
    return counter.stock(dealId).orElseThrow();
  }

  private Order order(String id, long quantity) {
    return order(id, "buyer-1", quantity);
  }

  private Order order(String id, String buyer, long quantity) {
    return Order.of(id, dealId, buyer, quantity);
  }

  private ClaimResult claim(Order order) {
    return counter.claim(List.of(order)).get(0);
  }

  private List<ClaimResult> claims(Order... orders) {
    return counter.claim(List.of(orders));
  }

  private static Claimed claimed(long remaining) {
    return new Claimed(remaining, false);
  }
}
