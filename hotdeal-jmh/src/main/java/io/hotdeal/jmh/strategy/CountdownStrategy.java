package io.hotdeal.jmh.strategy;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A strategy whose store keeps only the number of units left: the others count as sold. One
 * instance sells only the deals that it opened.
 *
 * @param <H> the store's handle of a deal, created once, used by all threads
 */
abstract class CountdownStrategy<H> implements Strategy {

  private final Map<String, Opened<H>> deals = new ConcurrentHashMap<>();

  private record Opened<H>(long units, H handle) {}

  abstract H open(String dealId, long units);

  abstract long left(H handle);

  @Override
  public final void open(List<Deal> offered) {
    for (Deal deal : offered) {
      deals.put(deal.id(), new Opened<>(deal.quantity(), open(deal.id(), deal.quantity())));
    }
  }

  @Override
  public final long sold(String dealId) {
    Opened<H> deal = opened(dealId);
    return deal.units() - left(deal.handle());
  }

  final H handle(Order order) {
    return opened(order.dealId()).handle();
  }

  static Answer answer(boolean sold) {
    return sold ? Answer.SOLD : Answer.SOLD_OUT;
  }

  private Opened<H> opened(String dealId) {
    Opened<H> deal = deals.get(dealId);
    if (deal == null) {
      throw new IllegalArgumentException(
          "deal "
              + dealId
              + " was not opened by this instance, and no other one's deals are known");
    }
    return deal;
  }
}
