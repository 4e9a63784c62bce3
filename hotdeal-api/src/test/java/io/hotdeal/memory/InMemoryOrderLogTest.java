package io.hotdeal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.Deal;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OrderQuery;
import io.hotdeal.contract.OrderLogContract;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderReturn;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Outbox;
import io.hotdeal.spi.Outbox.Reader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InMemoryOrderLogTest extends OrderLogContract {

  private final OrderLog log = new InMemoryOrderLog();

  @Override
  protected OrderLog log() {
    return log;
  }

  @Test
  @DisplayName("pages through the orders of one instant by deal, then by id, and misses none")
  void sameInstant() {
    OrderLog stopped = new InMemoryOrderLog(() -> Instant.EPOCH.plusSeconds(1));
    List<Order> orders = List.of(order("a", "deal-1"), order("c", "deal-1"), order("a", "deal-2"));
    for (Order order : orders) {
      stopped.open(Deal.of(order.dealId(), 10));
      stopped.reserve(List.of(order), OrderState.PAID);
    }
    List<Order> found = new ArrayList<>();
    OrderQuery query = OrderQuery.ofBuyer("buyer").limit(1);
    for (List<OrderRecord> page = stopped.orders(query);
        !page.isEmpty();
        page = stopped.orders(query.after(page.get(0)))) {
      found.add(page.get(0).order());
    }
    assertThat(found).containsExactly(orders.get(2), orders.get(1), orders.get(0));
  }

  @Test
  @DisplayName("lists unfinished returns by id")
  void returningById() {
    log.open(Deal.of("deal", 10));
    for (String id : List.of("c", "a", "b")) {
      log.reserve(List.of(order(id, "deal")), OrderState.PAID);
      log.giveBack(List.of(new OrderReturn("deal", id, true, true)));
    }
    assertThat(log.returning("deal", 2))
        .extracting(OrderRecord::order)
        .containsExactly(order("a", "deal"), order("b", "deal"));
  }

  @Test
  @DisplayName("registers no consumer with an invalid name")
  void consumerNames() {
    log.open(Deal.of("deal", 10).withEvents());
    Outbox outbox = log.outbox();
    assertThatThrownBy(() -> outbox.register(List.of("mail", "e mail"), "deal"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("consumer 'e mail'");
    assertThat(outbox.lag("mail", "deal")).isEmpty();
  }

  @Test
  @DisplayName("refuses to purge a deal with the number of events that a consumer has to come")
  void purgedTooEarly() {
    log.open(Deal.of("deal", 10).withEvents());
    Outbox outbox = log.outbox();
    outbox.register(List.of("mail"), "deal");
    log.reserve(
        List.of(order("a", "deal"), order("b", "deal"), order("c", "deal")), OrderState.PAID);
    Reader reader = new Reader("mail", "process", Duration.ofMinutes(1));
    outbox.next(reader, "deal", 1);
    assertThat(outbox.acknowledge(reader, "deal", 1, true)).isTrue();
    log.close("deal");
    assertThatThrownBy(() -> log.purge("deal"))
        .isInstanceOf(NothingHappenedException.class)
        .hasMessageContaining("consumer mail has 2 events to come");
  }

  private static Order order(String id, String deal) {
    return Order.of(id, deal, "buyer", 1);
  }
}
