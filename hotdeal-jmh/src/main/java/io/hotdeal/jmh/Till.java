package io.hotdeal.jmh;

import io.hotdeal.ClaimResult;
import io.hotdeal.HotDeal;
import io.hotdeal.Order;
import io.hotdeal.OrderLog;
import io.hotdeal.OrderResult;
import io.hotdeal.OrderState;
import io.hotdeal.ReserveResult;
import io.hotdeal.StockCounter;
import java.util.List;

/** One way to sell, and the stores that must hold what was sold. */
interface Till {

  /** Opens the deals. */
  void open();

  /**
   * Sells the orders, which are all of one deal; blocks.
   *
   * @throws RuntimeException if one of them was not sold
   */
  void sell(List<Order> orders);

  /**
   * Sells no more, and compares what was sold with what the stores hold.
   *
   * @throws IllegalStateException if that differs
   */
  void close();

  /** Straight into the log: one transaction or more for each call. */
  record OfLog(OrderLog log, Sales sales) implements Till {

    @Override
    public void open() {
      sales.open(log::open);
    }

    @Override
    public void sell(List<Order> orders) {
      for (ReserveResult result : log.reserve(orders, OrderState.PAID)) {
        sales.acknowledge(result instanceof ReserveResult.Reserved, result);
      }
    }

    @Override
    public void close() {
      sales.verify(log);
    }
  }

  /** At the counter alone. */
  record OfCounter(StockCounter counter, Sales sales) implements Till {

    @Override
    public void open() {
      sales.open(counter::open);
    }

    @Override
    public void sell(List<Order> orders) {
      for (ClaimResult result : counter.claim(orders)) {
        boolean claimed = result instanceof ClaimResult.Claimed c && !c.replayed();
        sales.acknowledge(claimed, result);
      }
    }

    @Override
    public void close() {
      sales.verify(counter);
    }
  }

  /**
   * At a desk, one order after the other.
   *
   * @param audit verifies the desk's stores, once it is closed
   */
  record OfDesk(HotDeal desk, Sales sales, Runnable audit) implements Till {

    @Override
    public void open() {
      sales.open(desk::open);
    }

    @Override
    public void sell(List<Order> orders) {
      for (Order order : orders) {
        OrderResult result = desk.order(order);
        boolean placed = result instanceof OrderResult.Placed p && !p.replayed();
        sales.acknowledge(placed, result);
      }
    }

    @Override
    public void close() {
      desk.close();
      audit.run();
    }
  }
}
