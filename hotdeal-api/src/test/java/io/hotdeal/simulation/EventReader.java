package io.hotdeal.simulation;

import io.hotdeal.DealEvent;
import io.hotdeal.EventConsumer;
import io.hotdeal.spi.OrderState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/** The consumer of the deal's events, and all that it heard, whichever process told it. */
final class EventReader implements EventConsumer {

  static final String NAME = "shop";

  private final World world;
  private final Map<Long, DealEvent> heard = new TreeMap<>();

  EventReader(World world) {
    this.world = world;
  }

  @Override
  public void accept(List<DealEvent> events) {
    for (DealEvent event : events) {
      world.tell("the shop HEARS " + event.sequence() + ": " + event.kind());
      DealEvent before = heard.put(event.sequence(), event);
      Shop.require(
          before == null || before.equals(event), before + " was heard before, then " + event);
      Shop.require(
          event.sequence() == 1 || heard.containsKey(event.sequence() - 1),
          "heard " + event + " before the one before it");
    }
  }

  /** Whether this happened to an order, exactly once. */
  private boolean heardOnce(String orderId, DealEvent.Kind kind) {
    long times =
        heard.values().stream()
            .filter(it -> it.kind() == kind && it.order() != null)
            .filter(it -> Objects.requireNonNull(it.order()).id().equals(orderId))
            .count();
    Shop.require(times <= 1, orderId + " is " + kind + " " + times + " times");
    return times == 1;
  }

  /** Every sale and every return was heard of, and nothing else. */
  void audit(List<String> orderIds, Function<String, OrderState> states) {
    for (String id : orderIds) {
      OrderState state = states.apply(id);
      boolean sold = state == OrderState.PAID || state.isReturn();
      require(heardOnce(id, DealEvent.Kind.SOLD) == sold, id, state, "SOLD");
      require(heardOnce(id, DealEvent.Kind.RETURNED) == state.isReturn(), id, state, "RETURNED");
    }
  }

  private static void require(boolean holds, String id, OrderState state, String kind) {
    Shop.require(holds, id + " is " + state + ", its event " + kind + " tells otherwise");
  }
}
