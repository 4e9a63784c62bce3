package io.hotdeal.contract;

import static io.hotdeal.contract.Crowd.freshDealId;
import static io.hotdeal.spi.OrderState.CANCELLED;
import static io.hotdeal.spi.OrderState.HELD;
import static io.hotdeal.spi.OrderState.PAID;
import static io.hotdeal.spi.OrderState.RESERVED;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.OrderQuery;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract of searches for orders, a part of {@link OrderLogContract}. */
public abstract class OrderSearchContract extends HousekeepingContract {

  private OrderLog log;
  private String dealId;

  @Override
  protected abstract OrderLog log();

  @BeforeEach
  void freshDealOfSearches() {
    log = log();
    dealId = freshDealId();
  }

  @Nested
  @DisplayName("finds orders")
  class Searches {

    private String other;

    /** Twelve orders of three buyers of two deals, in four states. */
    @BeforeEach
    void orders() {
      other = dealId + "-b";
      log.open(Deal.of(dealId, 99));
      log.open(Deal.of(other, 99));
      for (int i = 0; i < 12; i++) {
        Order order =
            Order.of("o-" + i, i % 4 == 3 ? other : dealId, dealId + "-buyer-" + i % 3, 1);
        switch (i % 2 + i % 3) {
          case 0 -> log.cancel(List.of(order));
          case 1 -> log.reserve(List.of(order), PAID);
          case 2 -> log.reserve(List.of(order), RESERVED);
          default -> log.reserve(List.of(order.withPayWithin(Duration.ofMinutes(10))), RESERVED);
        }
        if (i % 5 == 0) {
          awaitNextMillisecond();
        }
      }
    }

    @Test
    @DisplayName("of a deal, newest first, with their rows as they are")
    void ofDeal() {
      List<OrderRecord> all = log.orders(OrderQuery.ofDeal(dealId));
      assertThat(ids(all))
          .containsExactlyInAnyOrder(
              "o-0", "o-1", "o-2", "o-4", "o-5", "o-6", "o-8", "o-9", "o-10");
      assertThat(all).isSortedAccordingTo(Comparator.comparing(OrderRecord::recordedAt).reversed());
      all.forEach(row -> assertThat(log.find(dealId, row.order().id())).contains(row));
      assertThat(log.orders(OrderQuery.ofDeal(dealId + "-none"))).isEmpty();
    }

    @Test
    @DisplayName("of a buyer, in all deals or in one")
    void ofBuyer() {
      OrderQuery query = OrderQuery.ofBuyer(dealId + "-buyer-1");
      assertThat(ids(log.orders(query))).containsExactlyInAnyOrder("o-1", "o-4", "o-7", "o-10");
      assertThat(ids(log.orders(query.inDeal(other)))).containsExactly("o-7");
      assertThat(ids(log.orders(OrderQuery.ofDeal(other).byBuyer(dealId + "-buyer-1"))))
          .containsExactly("o-7");
      assertThat(log.orders(OrderQuery.ofBuyer(dealId + "-nobody"))).isEmpty();
    }

    @Test
    @DisplayName("by their state now")
    void byState() {
      OrderQuery query = OrderQuery.ofDeal(dealId);
      for (var state : List.of(PAID, RESERVED, HELD, CANCELLED)) {
        assertThat(log.orders(query.inStates(state))).allMatch(row -> row.state() == state);
      }
      assertThat(log.orders(query.inStates(PAID, CANCELLED)).size())
          .isEqualTo(
              log.orders(query.inStates(PAID)).size()
                  + log.orders(query.inStates(CANCELLED)).size())
          .isPositive();
      log.confirm(log.orders(query.inStates(RESERVED)).stream().map(OrderRecord::order).toList());
      assertThat(log.orders(query.inStates(RESERVED))).isEmpty();
    }

    @Test
    @DisplayName("by the time at which they were recorded, from inclusive, until exclusive")
    void byTime() {
      List<OrderRecord> all = log.orders(OrderQuery.ofDeal(dealId));
      Instant first = all.get(all.size() - 1).recordedAt();
      Instant last = all.get(0).recordedAt();
      OrderQuery query = OrderQuery.ofDeal(dealId);
      assertThat(log.orders(query.recordedBetween(first, last.plusMillis(1))))
          .containsExactlyElementsOf(all);
      assertThat(log.orders(query.recordedBetween(last.plusMillis(1), Deal.NEVER))).isEmpty();
      assertThat(log.orders(query.recordedBetween(Deal.ALWAYS, first))).isEmpty();
    }

    @Test
    @DisplayName("page by page, each once, also those that were recorded at the same time")
    void pages() {
      for (OrderQuery query :
          List.of(
              OrderQuery.ofDeal(dealId),
              OrderQuery.ofBuyer(dealId + "-buyer-1"),
              OrderQuery.ofBuyer(dealId + "-buyer-0").inDeal(dealId))) {
        List<OrderRecord> read = new ArrayList<>();
        OrderQuery next = query.limit(2);
        for (List<OrderRecord> page = log.orders(next); !page.isEmpty(); page = log.orders(next)) {
          assertThat(page).hasSizeLessThanOrEqualTo(2);
          read.addAll(page);
          next = next.after(page.get(page.size() - 1));
        }
        assertThat(read).containsExactlyElementsOf(log.orders(query)).doesNotHaveDuplicates();
      }
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
}
