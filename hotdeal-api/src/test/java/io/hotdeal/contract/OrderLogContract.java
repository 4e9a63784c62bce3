package io.hotdeal.contract;

import static io.hotdeal.contract.Crowd.THREADS;
import static io.hotdeal.contract.Crowd.freshDealId;
import static io.hotdeal.spi.OrderState.ABSENT;
import static io.hotdeal.spi.OrderState.CANCELLED;
import static io.hotdeal.spi.OrderState.PAID;
import static io.hotdeal.spi.OrderState.RESERVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.Deal;
import io.hotdeal.DealConflictException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.Refusal.Closed;
import io.hotdeal.Refusal.Conflict;
import io.hotdeal.Refusal.LimitReached;
import io.hotdeal.Refusal.NotYetOpen;
import io.hotdeal.Refusal.SoldOut;
import io.hotdeal.Refusal.UnknownDeal;
import io.hotdeal.ReserveResult;
import io.hotdeal.ReserveResult.Already;
import io.hotdeal.ReserveResult.Reserved;
import io.hotdeal.UnknownDealException;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Tally;
import io.hotdeal.spi.Tally.Count;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link OrderLog}. The test of an implementation extends it and supplies the
 * log. Every test uses its own deal id, so that nothing has to be cleaned up; after each test the
 * tally of its deal must be balanced.
 */
@DisplayName("An order log")
public abstract class OrderLogContract extends MixedDealsRaceContract {

  private OrderLog log;
  private String dealId;

  @Override
  protected abstract OrderLog log();

  @BeforeEach
  void freshDeal() {
    log = log();
    dealId = freshDealId();
  }

  @AfterEach
  void tallyIsBalanced() {
    new DealUnderTest(log, dealId).assertBalanced();
  }

  static Deal withQuantity(Deal deal, long units) {
    return new Deal(
        deal.id(),
        units,
        deal.limitPerBuyer(),
        deal.opens(),
        deal.closes(),
        deal.hold(),
        deal.longestHold(),
        deal.events());
  }

  @Nested
  @DisplayName("opens a deal")
  class Opens {

    @Test
    @DisplayName("with all its units left, and has no tally of it before")
    void withAllItsUnits() {
      assertThat(log.tally(dealId)).isEmpty();
      Deal deal = fullyTermed();
      log.open(deal);
      assertThat(tally()).isEqualTo(Tally.of(DealTerms.opened(deal), 7, 7));
    }

    @Test
    @DisplayName("once: the same terms again change nothing, even after sales and restocks")
    void onlyOnce() {
      Deal deal = fullyTermed();
      log.open(deal);
      reserve(order("a", "x", 2));
      log.restock(dealId, 5, "op-1");
      Tally before = tally();
      log.open(deal);
      assertThat(tally()).isEqualTo(before);
      assertThat(before.quantity()).isEqualTo(12);
      assertThat(before.left()).isEqualTo(10);
      assertThat(before.deal()).isEqualTo(deal);
    }

    @Test
    @DisplayName("and refuses to open its id with any different term")
    void refusesOtherTerms() {
      Deal deal = fullyTermed();
      log.open(deal);
      List<Deal> others =
          List.of(
              withQuantity(deal, 8),
              deal.withEvents(),
              deal.withLimitPerBuyer(4),
              deal.withWindow(deal.opens().plusMillis(1), deal.closes()),
              deal.withWindow(deal.opens(), deal.closes().plusMillis(1)),
              deal.withHold(deal.hold().plusMillis(1)),
              deal.withLongestHold(deal.longestHold().plusMillis(1)));
      for (Deal other : others) {
        assertThatThrownBy(() -> log.open(other))
            .isInstanceOf(DealConflictException.class)
            .hasMessageContaining(dealId);
      }
    }

    @Test
    @DisplayName("once, if 16 threads open it concurrently")
    void byManyAtOnce() {
      Deal deal = fullyTermed();
      Race.run(
          16,
          IntStream.range(0, 16).boxed().toList(),
          i -> {
            log.open(deal);
            return true;
          });
      assertThat(tally().left()).isEqualTo(7);
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
  @DisplayName("reserves")
  class Reserves {

    @Test
    @DisplayName("each order's units, in list order, and returns the units left after each")
    void inListOrder() {
      log.open(Deal.of(dealId, 10));
      assertThat(reserves(order("a", 1), order("b", 3), order("c", 2)))
          .containsExactly(new Reserved(9), new Reserved(6), new Reserved(4));
      assertThat(tally().left()).isEqualTo(4);
      assertThat(tally().reserved()).isEqualTo(new Count(3, 6));
    }

    @Test
    @DisplayName("an order as PAID at once if no payment is due")
    void asPaid() {
      log.open(Deal.of(dealId, 10));
      assertThat(log.reserve(List.of(order("a", 1), order("b", 2)), PAID))
          .containsExactly(new Reserved(9), new Reserved(7));
      assertThat(tally().paid()).isEqualTo(new Count(2, 3));
      assertThat(log.reserve(List.of(order("a", 1)), PAID)).containsExactly(new Already(PAID, 7));
    }

    @Test
    @DisplayName("an order as RESERVED or PAID only")
    void asNothingElse() {
      log.open(Deal.of(dealId, 10));
      for (OrderState state : List.of(ABSENT, CANCELLED)) {
        assertThatThrownBy(() -> log.reserve(List.of(order("a", 1)), state))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(state.name());
      }
    }

    @Test
    @DisplayName(
        "all units of an order or none, so that a smaller order after it may still be reserved")
    void allOrNone() {
      log.open(Deal.of(dealId, 3));
      assertThat(reserves(order("a", 2), order("b", 2), order("c", 1), order("d", 1)))
          .containsExactly(new Reserved(1), new SoldOut(1), new Reserved(0), new SoldOut(0));
      assertThat(log.find(dealId, "b")).isEmpty();
      assertThat(log.find(dealId, "d")).isEmpty();
    }

    @Test
    @DisplayName("the same for a first attempt and for a retry: the mark is not part of an order")
    void whateverTheMark() {
      log.open(Deal.of(dealId, 5));
      Order retry = order("a", "x", 2);
      Order first = retry.asFirstAttempt();
      assertThat(reserve(first)).isEqualTo(new Reserved(3));
      assertThat(reserve(retry)).isEqualTo(new Already(RESERVED, 3));
      assertThat(log.find(dealId, "a").orElseThrow().order()).isEqualTo(retry);
      assertThat(log.confirm(List.of(first))).containsExactly(PAID);
      assertThat(log.cancel(List.of(first))).containsExactly(PAID);
      assertThat(reserve(first)).isEqualTo(new Already(PAID, 3));
      assertThat(log.paid(dealId, "", 1).get(0).order()).isEqualTo(retry);
    }

    @Test
    @DisplayName("once per id: a retry gets the current state of the order")
    void oncePerId() {
      log.open(Deal.of(dealId, 2));
      reserve(order("a", 1));
      assertThat(reserve(order("a", 1))).isEqualTo(new Already(RESERVED, 1));
      assertThat(reserves(order("b", 1), order("a", 1), order("c", 1)))
          .containsExactly(new Reserved(0), new Already(RESERVED, 0), new SoldOut(0));
      log.confirm(List.of(order("a", 1)));
      assertThat(reserve(order("a", 1))).isEqualTo(new Already(PAID, 0));
    }

    @Test
    @DisplayName("once per id, also within one call")
    void oncePerIdWithinACall() {
      log.open(Deal.of(dealId, 5));
      List<ReserveResult> results =
          reserves(order("a", 2), order("a", 2), order("a", 1), order("b", 1));
      assertThat(results.get(0)).isEqualTo(new Reserved(3));
      assertThat(results.get(1)).isInstanceOf(Already.class);
      assertThat(results.get(2)).isEqualTo(new Conflict());
      assertThat(results.get(3)).isEqualTo(new Reserved(2));
      assertThat(tally().left()).isEqualTo(2);
    }

    @Test
    @DisplayName("nothing for an id that was used with another buyer or quantity")
    void conflicts() {
      log.open(Deal.of(dealId, 5));
      reserve(order("a", "buyer-1", 1));
      assertThat(reserves(order("a", "buyer-2", 1), order("b", 1), order("a", "buyer-1", 2)))
          .containsExactly(new Conflict(), new Reserved(3), new Conflict());
      assertThat(tally().left()).isEqualTo(3);
    }

    @Test
    @DisplayName("nothing of a deal that was never opened")
    void unknownDeal() {
      assertThat(reserves(order("a", 1), order("b", 1)))
          .containsExactly(new UnknownDeal(), new UnknownDeal());
      assertThat(log.find(dealId, "a")).isEmpty();
    }

    @Test
    @DisplayName("nothing for an empty list")
    void emptyList() {
      assertThat(log.reserve(List.of(), RESERVED)).isEmpty();
      assertThat(log.confirm(List.of())).isEmpty();
      assertThat(log.cancel(List.of())).isEmpty();
    }

    @Test
    @DisplayName("the largest quantities exactly")
    void largestQuantities() {
      log.open(Deal.of(dealId, 1_000_000_000));
      assertThat(reserve(order("a", 999_999_999))).isEqualTo(new Reserved(1));
      assertThat(reserve(order("b", 1_000_000_000))).isEqualTo(new SoldOut(1));
      assertThat(reserve(order("c", 1))).isEqualTo(new Reserved(0));
    }

    @Test
    @DisplayName("a batch of 1,000 orders in one call")
    void largeBatch() {
      log.open(Deal.of(dealId, 900));
      List<ReserveResult> results = log.reserve(Crowd.orders(dealId, 1000), RESERVED);
      assertThat(results.subList(0, 900)).allMatch(Reserved.class::isInstance);
      assertThat(results.get(899)).isEqualTo(new Reserved(0));
      assertThat(results.subList(900, 1000)).containsOnly(new SoldOut(0));
      assertThat(tally().reserved()).isEqualTo(new Count(900, 900));
    }

    @Test
    @DisplayName("orders with the longest ids")
    void longestIds() {
      log.open(Deal.of(dealId, 3));
      String longest = "A.z_0-9".repeat(10).substring(0, 64);
      Order order = Order.of(longest, dealId, longest, 1);
      assertThat(reserve(order)).isEqualTo(new Reserved(2));
      assertThat(log.find(dealId, longest).orElseThrow().order()).isEqualTo(order);
    }
  }

  @Nested
  @DisplayName("enforces the limit per buyer")
  class Limits {

    @Test
    @DisplayName("over all orders of the same buyer, and not of others")
    void perBuyer() {
      log.open(Deal.of(dealId, 100).withLimitPerBuyer(3));
      assertThat(
              reserves(
                  order("a", "x", 2),
                  order("b", "x", 2),
                  order("c", "x", 1),
                  order("d", "x", 1),
                  order("e", "y", 3),
                  order("f", "z", 4)))
          .containsExactly(
              new Reserved(98),
              new LimitReached(3),
              new Reserved(97),
              new LimitReached(3),
              new Reserved(94),
              new LimitReached(3));
      assertThat(log.find(dealId, "b")).isEmpty();
    }

    @Test
    @DisplayName("without counting retries, and a cancelled order no longer counts")
    void retriesAndCancels() {
      log.open(Deal.of(dealId, 100).withLimitPerBuyer(2));
      reserve(order("a", "x", 2));
      assertThat(reserve(order("a", "x", 2))).isEqualTo(new Already(RESERVED, 98));
      log.cancel(List.of(order("a", "x", 2)));
      log.cancel(List.of(order("a", "x", 2)));
      assertThat(reserve(order("b", "x", 2))).isEqualTo(new Reserved(98));
      log.confirm(List.of(order("b", "x", 2)));
      assertThat(reserve(order("c", "x", 1))).isEqualTo(new LimitReached(2));
    }

    @Test
    @DisplayName("and a cancel gives back the units of that order only")
    void givesBackNoMore() {
      log.open(Deal.of(dealId, 100).withLimitPerBuyer(5));
      reserves(order("a", "x", 2), order("b", "x", 3));
      log.cancel(List.of(order("a", "x", 2)));
      assertThat(reserves(order("c", "x", 3), order("d", "x", 2)))
          .containsExactly(new LimitReached(5), new Reserved(95));
    }

    @Test
    @DisplayName("before it checks the units left: LimitReached takes precedence over SoldOut")
    void beforeTheUnits() {
      log.open(Deal.of(dealId, 1).withLimitPerBuyer(1));
      reserve(order("a", "x", 1));
      assertThat(reserve(order("b", "x", 1))).isEqualTo(new LimitReached(1));
      assertThat(reserve(order("c", "y", 1))).isEqualTo(new SoldOut(0));
    }

    @Test
    @DisplayName("without counting an order that was refused as SoldOut")
    void refusedUsesNothing() {
      log.open(Deal.of(dealId, 1).withLimitPerBuyer(2));
      assertThat(reserve(order("a", "x", 2))).isEqualTo(new SoldOut(1));
      assertThat(reserve(order("b", "x", 1))).isEqualTo(new Reserved(0));
    }

    @Test
    @DisplayName("while " + THREADS + " threads order concurrently")
    void underARace() {
      log.open(Deal.of(dealId, 10_000).withLimitPerBuyer(3));
      List<Order> orders =
          IntStream.range(0, 600).mapToObj(i -> order("o" + i, "buyer-" + i % 20, 1)).toList();
      List<ReserveResult> results = Race.run(THREADS, orders, OrderLogContract.this::reserve);
      Map<String, Long> perBuyer = new HashMap<>();
      for (int i = 0; i < orders.size(); i++) {
        if (results.get(i) instanceof Reserved) {
          perBuyer.merge(orders.get(i).buyerId(), 1L, Long::sum);
        } else {
          assertThat(results.get(i)).isEqualTo(new LimitReached(3));
        }
      }
      assertThat(perBuyer).hasSize(20).values().containsOnly(3L);
      assertThat(tally().left()).isEqualTo(10_000 - 60);
    }
  }

  @Nested
  @DisplayName("sells within the deal's window only:")
  class Windows {

    @Test
    @DisplayName("an order before it opens is refused")
    void notBefore() {
      log.open(Deal.of(dealId, 5).withWindow(Instant.now().plusSeconds(3600), Deal.NEVER));
      assertThat(reserve(order("a", 1))).isEqualTo(new NotYetOpen());
      assertThat(tally().left()).isEqualTo(5);
    }

    @Test
    @DisplayName("an order after it closed is refused")
    void notAfter() {
      log.open(Deal.of(dealId, 5).withWindow(Deal.ALWAYS, Instant.now().minusSeconds(3600)));
      assertThat(reserve(order("a", 1))).isEqualTo(new Closed());
      assertThat(tally().left()).isEqualTo(5);
    }

    @Test
    @DisplayName(
        "after close() new orders are refused, and reserved ones can be confirmed or cancelled")
    void closedByHand() {
      log.open(Deal.of(dealId, 5));
      reserves(order("a", 1), order("b", 1));
      log.close(dealId);
      log.close(dealId);
      assertThat(reserves(order("a", 1), order("c", 1)))
          .containsExactly(new Already(RESERVED, 3), new Closed());
      assertThat(log.confirm(List.of(order("a", 1)))).containsExactly(PAID);
      assertThat(log.cancel(List.of(order("b", 1), order("d", 1))))
          .containsExactly(CANCELLED, CANCELLED);
      assertThat(tally().left()).isEqualTo(4);
      assertThat(tally().closed()).isTrue();
    }

    @Test
    @DisplayName("closing an unknown deal is an error")
    void closingTheUnknown() {
      assertThatThrownBy(() -> log.close(dealId))
          .isInstanceOf(UnknownDealException.class)
          .hasMessageContaining(dealId);
    }
  }

  @Nested
  @DisplayName("confirms")
  class Confirms {

    @Test
    @DisplayName("reserved orders for good: PAID is final")
    void whatIsReserved() {
      log.open(Deal.of(dealId, 5));
      reserves(order("a", 1), order("b", 2));
      assertThat(log.confirm(List.of(order("a", 1), order("b", 2)))).containsExactly(PAID, PAID);
      assertThat(log.confirm(List.of(order("a", 1)))).containsExactly(PAID);
      assertThat(log.cancel(List.of(order("a", 1)))).containsExactly(PAID);
      assertThat(tally().paid()).isEqualTo(new Count(2, 3));
      assertThat(tally().left()).isEqualTo(2);
    }

    @Test
    @DisplayName("nothing else: a cancelled order stays CANCELLED, an absent one ABSENT")
    void nothingElse() {
      log.open(Deal.of(dealId, 5));
      reserve(order("a", 1));
      log.cancel(List.of(order("a", 1)));
      assertThat(log.confirm(List.of(order("a", 1), order("b", 1))))
          .containsExactly(CANCELLED, ABSENT);
      assertThat(log.find(dealId, "b")).isEmpty();
    }

    @Test
    @DisplayName("no order whose buyer or quantity differs from the row")
    void notAnother() {
      log.open(Deal.of(dealId, 5));
      reserve(order("a", "x", 1));
      assertThat(log.confirm(List.of(order("a", "y", 1), order("a", "x", 2))))
          .containsExactly(RESERVED, RESERVED);
      assertThat(tally().reserved().orders()).isEqualTo(1);
    }

    @Test
    @DisplayName("nothing of a deal that was never opened")
    void unknownDeal() {
      assertThat(log.confirm(List.of(order("a", 1)))).containsExactly(ABSENT);
    }
  }

  @Nested
  @DisplayName("cancels")
  class Cancels {

    @Test
    @DisplayName("a reserved order and gives its units back, once")
    void whatIsReserved() {
      log.open(Deal.of(dealId, 5));
      reserves(order("a", 2), order("b", 1));
      assertThat(log.cancel(List.of(order("a", 2), order("a", 2))))
          .containsExactly(CANCELLED, CANCELLED);
      assertThat(log.cancel(List.of(order("a", 2)))).containsExactly(CANCELLED);
      assertThat(tally().left()).isEqualTo(4);
      assertThat(tally().cancelled().orders()).isEqualTo(1);
      assertThat(reserve(order("a", 2))).isEqualTo(new Already(CANCELLED, 4));
    }

    @Test
    @DisplayName("an absent order by a tombstone, which refuses a later reservation")
    void tombstone() {
      log.open(Deal.of(dealId, 5));
      assertThat(log.cancel(List.of(order("a", 2)))).containsExactly(CANCELLED);
      assertThat(tally().left()).isEqualTo(5);
      assertThat(reserve(order("a", 2))).isEqualTo(new Already(CANCELLED, 5));
      assertThat(log.find(dealId, "a").orElseThrow().state()).isEqualTo(CANCELLED);
      assertThat(tally().left()).isEqualTo(5);
    }

    @Test
    @DisplayName("each order of a mixed call according to its own state")
    void mixed() {
      log.open(Deal.of(dealId, 9));
      reserves(order("a", 1), order("b", 2), order("c", 3));
      log.confirm(List.of(order("b", 2)));
      assertThat(log.cancel(List.of(order("x", 1), order("a", 1), order("b", 2), order("c", 3))))
          .containsExactly(CANCELLED, CANCELLED, PAID, CANCELLED);
      assertThat(tally().left()).isEqualTo(7);
    }

    @Test
    @DisplayName("no order whose buyer or quantity differs from the row")
    void notAnother() {
      log.open(Deal.of(dealId, 5));
      reserve(order("a", "x", 1));
      assertThat(log.cancel(List.of(order("a", "y", 1), order("a", "x", 2))))
          .containsExactly(RESERVED, RESERVED);
      assertThat(tally().left()).isEqualTo(4);
    }

    @Test
    @DisplayName("nothing of a deal that was never opened, and throws UnknownDealException")
    void unknownDeal() {
      assertThatThrownBy(() -> log.cancel(List.of(order("a", 1))))
          .isInstanceOf(UnknownDealException.class)
          .hasMessageContaining(dealId);
      assertThat(log.find(dealId, "a")).isEmpty();
    }
  }

  @Nested
  @DisplayName("can be read")
  class Reads {

    @Test
    @DisplayName("by order id, with content, state and time")
    void find() {
      log.open(Deal.of(dealId, 5));
      Instant before = Instant.now().minusSeconds(60);
      reserve(order("a", "x", 2));
      OrderRecord row = log.find(dealId, "a").orElseThrow();
      assertThat(row.order()).isEqualTo(order("a", "x", 2));
      assertThat(row.state()).isEqualTo(RESERVED);
      assertThat(row.recordedAt()).isBetween(before, Instant.now().plusSeconds(60));
      assertThat(log.find(dealId, "b")).isEmpty();
      assertThat(log.find(dealId + "-x", "a")).isEmpty();
    }

    @Test
    @DisplayName("by many order ids at once, with one result per id")
    void findMany() {
      log.open(Deal.of(dealId, 900));
      List<Order> orders = Crowd.orders(dealId, 600);
      log.reserve(orders, RESERVED);
      log.cancel(List.of(orders.get(7)));
      List<String> ids = new ArrayList<>(List.of("none", "order-7", "order-599", "order-7"));
      orders.forEach(order -> ids.add(order.id()));
      List<Optional<OrderRecord>> rows = log.find(dealId, ids);
      assertThat(rows).hasSize(604);
      assertThat(rows.get(0)).isEmpty();
      assertThat(rows.get(1).orElseThrow().state()).isEqualTo(CANCELLED);
      assertThat(rows.get(2).orElseThrow().order()).isEqualTo(orders.get(599));
      assertThat(rows.get(3)).isEqualTo(rows.get(1));
      assertThat(rows.subList(4, 604)).doesNotContain(Optional.empty());
      assertThat(log.find(dealId, List.of())).isEmpty();
      assertThat(log.find(dealId + "-x", List.of("order-7"))).containsExactly(Optional.empty());
    }

    @Test
    @DisplayName("by valid ids only, whether the deal is known or not")
    void findUnderIdsOnly() {
      for (String id : List.of("no/id", "", "x".repeat(65))) {
        assertThatThrownBy(() -> log.find(dealId, List.of("a", id)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("order id");
      }
      log.open(Deal.of(dealId, 5));
      assertThatThrownBy(() -> log.find(dealId, "no/id"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no/id");
      assertThatThrownBy(() -> log.find("no/deal", "a"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("deal id");
    }

    @Test
    @DisplayName("for RESERVED orders, oldest first")
    void unresolved() {
      log.open(Deal.of(dealId, 9));
      for (String id : List.of("z", "a", "m", "p")) {
        reserve(order(id, 1));
        awaitNextMillisecond();
      }
      log.confirm(List.of(order("a", 1)));
      log.cancel(List.of(order("p", 1), order("t", 1)));
      assertThat(ids(log.unresolved(dealId, Duration.ZERO, 10))).containsExactly("z", "m");
      assertThat(ids(log.unresolved(dealId, Duration.ZERO, 1))).containsExactly("z");
      assertThat(log.unresolved(dealId, Duration.ofHours(1), 10)).isEmpty();
      assertThat(log.unresolved(dealId + "-x", Duration.ZERO, 10)).isEmpty();
      assertThatThrownBy(() -> log.unresolved(dealId, Duration.ZERO, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("0");
    }

    @Test
    @DisplayName("for PAID orders, page by page, each once")
    void paid() {
      log.open(Deal.of(dealId, 99).withLimitPerBuyer(50));
      List<Order> orders =
          Stream.of("b", "a", "C", "c-1", "c.1", "c_1", "1", "z", "r", "t")
              .map(id -> order(id, "x", 2))
              .toList();
      log.reserve(orders, RESERVED);
      log.confirm(orders.subList(0, 8));
      log.cancel(List.of(order("t", "x", 2)));
      List<Order> read = new ArrayList<>();
      String last = "";
      for (List<OrderRecord> page = log.paid(dealId, last, 3);
          !page.isEmpty();
          page = log.paid(dealId, last, 3)) {
        assertThat(page).hasSizeLessThanOrEqualTo(3).allMatch(row -> row.state() == PAID);
        page.forEach(row -> read.add(row.order()));
        last = page.get(page.size() - 1).order().id();
      }
      assertThat(read).containsExactlyInAnyOrderElementsOf(orders.subList(0, 8));
      assertThat(log.paid(dealId, "", 99)).hasSize(8);
      assertThat(log.paid(dealId + "-x", "", 99)).isEmpty();
      assertThatThrownBy(() -> log.paid(dealId, "", 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("0");
    }

    private void awaitNextMillisecond() {
      long now = System.currentTimeMillis();
      while (System.currentTimeMillis() <= now + 1) {
        Thread.onSpinWait();
      }
    }

    private List<String> ids(List<OrderRecord> rows) {
      return rows.stream().map(row -> row.order().id()).toList();
    }
  }

  @Nested
  @DisplayName("is purged")
  class Purges {

    @Test
    @DisplayName(
        "of cancelled orders after close(): sold orders stay, and purged ids are refused as Closed")
    void onceClosed() {
      log.open(Deal.of(dealId, 9));
      reserve(order("sold", 2));
      log.confirm(List.of(order("sold", 2)));
      reserve(order("cancelled", 1));
      log.cancel(List.of(order("cancelled", 1), order("tombstone", 1)));
      log.close(dealId);
      assertThat(log.purge(dealId)).isEqualTo(2);
      assertThat(log.purge(dealId)).isZero();
      assertThat(reserve(order("sold", 2))).isEqualTo(new Already(PAID, 7));
      assertThat(reserve(order("cancelled", 1))).isEqualTo(new Closed());
      assertThat(reserve(order("tombstone", 1))).isEqualTo(new Closed());
      assertThat(log.tally(dealId).orElseThrow().cancelled()).isEqualTo(Count.NONE);
    }

    @Test
    @DisplayName(
        "of nothing while the deal is open or has RESERVED orders, and the failure says which")
    void refused() {
      assertThatThrownBy(() -> log.purge(dealId)).isInstanceOf(UnknownDealException.class);
      log.open(Deal.of(dealId, 9));
      reserve(order("a", 1));
      log.cancel(List.of(order("tombstone", 1)));
      assertThatThrownBy(() -> log.purge(dealId))
          .isInstanceOf(NothingHappenedException.class)
          .hasMessageContaining(dealId)
          .hasMessageContaining("open");
      log.close(dealId);
      assertThatThrownBy(() -> log.purge(dealId))
          .isInstanceOf(NothingHappenedException.class)
          .hasMessageContaining("1 orders RESERVED");
      assertThat(reserve(order("tombstone", 1))).isEqualTo(new Already(CANCELLED, 8));
    }
  }

  @Nested
  @DisplayName("is restocked")
  class Restocks {

    @Test
    @DisplayName("once per operation id")
    void once() {
      log.open(Deal.of(dealId, 1));
      reserve(order("a", 1));
      log.restock(dealId, 2, "op-1");
      log.restock(dealId, 2, "op-1");
      assertThat(tally().quantity()).isEqualTo(3);
      assertThat(tally().left()).isEqualTo(2);
      assertThat(reserves(order("b", 1), order("c", 1), order("d", 1)))
          .containsExactly(new Reserved(1), new Reserved(0), new SoldOut(0));
    }

    @Test
    @DisplayName("once per operation id by concurrent calls")
    void byOneOfMany() {
      log.open(Deal.of(dealId, 1));
      Race.run(
          8,
          IntStream.range(0, 16).boxed().toList(),
          i -> {
            log.restock(dealId, 5, "op-" + i % 2);
            return true;
          });
      assertThat(tally().left()).isEqualTo(11);
    }

    @Test
    @DisplayName("with negative units, but only by units that are left")
    void downwards() {
      log.open(Deal.of(dealId, 5));
      reserve(order("a", 2));
      assertThatThrownBy(() -> log.restock(dealId, -4, "op-1"))
          .isInstanceOf(NothingHappenedException.class)
          .hasMessageContaining("-4")
          .hasMessageContaining("3");
      log.restock(dealId, -3, "op-1");
      assertThat(tally().quantity()).isEqualTo(2);
      assertThat(reserve(order("b", 1))).isEqualTo(new SoldOut(0));
    }

    @Test
    @DisplayName(
        "not beyond the largest quantity, not by 0, and not with other units for a used id")
    void withinLimits() {
      log.open(Deal.of(dealId, 999_999_999));
      assertThatThrownBy(() -> log.restock(dealId, 2, "op-1"))
          .isInstanceOf(NothingHappenedException.class)
          .hasMessageContaining("1000000000");
      assertThatThrownBy(() -> log.restock(dealId, 0, "op-2"))
          .isInstanceOf(IllegalArgumentException.class);
      log.restock(dealId, 1, "op-3");
      assertThatThrownBy(() -> log.restock(dealId, -1, "op-3"))
          .isInstanceOf(NothingHappenedException.class)
          .hasMessageContaining("op-3");
      assertThat(tally().quantity()).isEqualTo(1_000_000_000);
    }

    @Test
    @DisplayName("not if the deal was never opened")
    void unknownDeal() {
      assertThatThrownBy(() -> log.restock(dealId, 1, "op-1"))
          .isInstanceOf(UnknownDealException.class);
    }
  }

  @Nested
  @DisplayName("under concurrent calls")
  class Boundary {

    @Test
    @DisplayName(
        "sells exactly its 1,000 units to 5,000 orders with duplicates from "
            + THREADS
            + " threads, and each id gets one result")
    void neverOversells() {
      log.open(Deal.of(dealId, 1000));
      List<List<Order>> calls =
          Crowd.callsWithDuplicates(Crowd.orders(dealId, 4000), 5000, 20_260_102);
      List<List<ReserveResult>> answers =
          Race.run(THREADS, calls, call -> log.reserve(call, RESERVED));

      int granted = 0;
      Map<String, Set<Boolean>> verdicts = new HashMap<>();
      for (int i = 0; i < calls.size(); i++) {
        for (int j = 0; j < calls.get(i).size(); j++) {
          ReserveResult answer = answers.get(i).get(j);
          boolean taken = answer instanceof Reserved || answer instanceof Already;
          granted += answer instanceof Reserved ? 1 : 0;
          assertThat(taken || answer.equals(new SoldOut(0))).as("%s", answer).isTrue();
          verdicts.computeIfAbsent(calls.get(i).get(j).id(), id -> new HashSet<>()).add(taken);
        }
      }
      assertThat(granted).as("orders reserved").isEqualTo(1000);
      assertThat(verdicts.values()).allMatch(verdict -> verdict.size() == 1);
      assertThat(tally().left()).isZero();
      assertThat(tally().reserved()).isEqualTo(new Count(1000, 1000));
    }

    @Test
    @DisplayName("refuses only orders for more units than are left, with mixed quantities")
    void mixedQuantities() {
      log.open(Deal.of(dealId, 300));
      List<Order> orders =
          IntStream.range(0, 500).mapToObj(i -> order("o" + i, 1 + i % 3)).toList();
      List<ReserveResult> results = Race.run(THREADS, orders, OrderLogContract.this::reserve);
      long taken = 0;
      List<Order> refused = new ArrayList<>();
      for (int i = 0; i < orders.size(); i++) {
        if (results.get(i) instanceof Reserved) {
          taken += orders.get(i).quantity();
        } else {
          refused.add(orders.get(i));
        }
      }
      long left = tally().left();
      assertThat(taken + left).isEqualTo(300);
      assertThat(refused).allMatch(order -> order.quantity() > left);
    }

    @Test
    @DisplayName("gives each order one final state while it is reserved, confirmed and cancelled")
    void confirmAgainstCancel() {
      log.open(Deal.of(dealId, 1000));
      List<Order> orders = Crowd.orders(dealId, 150);
      List<Runnable> calls = new ArrayList<>();
      List<List<OrderState>> seen = new ArrayList<>();
      for (Order order : orders) {
        List<OrderState> states = Collections.synchronizedList(new ArrayList<>());
        seen.add(states);
        calls.add(() -> log.reserve(List.of(order), RESERVED));
        calls.add(() -> states.addAll(log.confirm(List.of(order))));
        calls.add(() -> states.addAll(log.cancel(List.of(order))));
      }
      Race.run(
          THREADS,
          calls,
          call -> {
            call.run();
            return true;
          });
      long paid = 0;
      for (int i = 0; i < orders.size(); i++) {
        OrderState verdict = log.find(dealId, orders.get(i).id()).orElseThrow().state();
        assertThat(verdict.isFinal()).isTrue();
        assertThat(seen.get(i)).filteredOn(OrderState::isFinal).containsOnly(verdict);
        paid += verdict == PAID ? 1 : 0;
      }
      assertThat(tally().left()).isEqualTo(1000 - paid);
    }
  }

  private Tally tally() {
    return log.tally(dealId).orElseThrow();
  }

  private Order order(String id, long quantity) {
    return order(id, "buyer-1", quantity);
  }

  private Order order(String id, String buyer, long quantity) {
    return Order.of(id, dealId, buyer, quantity);
  }

  private ReserveResult reserve(Order order) {
    return log.reserve(List.of(order), RESERVED).get(0);
  }

  private List<ReserveResult> reserves(Order... orders) {
    return log.reserve(List.of(orders), RESERVED);
  }
}
