package io.hotdeal.jmh;

import io.hotdeal.AsyncStockCounter;
import io.hotdeal.ClaimResult;
import io.hotdeal.HotDeal;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.ReserveResult;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.StockCounter;
import java.util.List;
import java.util.concurrent.CompletableFuture;

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

  private static void acknowledge(Sales sales, ClaimResult result) {
    boolean claimed = result instanceof ClaimResult.Claimed c && !c.replayed();
    sales.acknowledge(claimed, result);
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
        acknowledge(sales, result);
      }
    }

    @Override
    public void close() {
      sales.verify(counter);
    }
  }

  /** At the counter, each order by itself, and all of them at once. */
  record OfAsyncCounter(AsyncStockCounter gate, StockCounter counter, Sales sales) implements Till {

    @Override
    public void open() {
      sales.open(counter::open);
    }

    @Override
    public void sell(List<Order> orders) {
      for (CompletableFuture<ClaimResult> claim : orders.stream().map(gate::claim).toList()) {
        acknowledge(sales, claim.join());
      }
    }

    @Override
    public void close() {
      gate.close();
      sales.verify(counter);
    }
  }

  /**
   * At a HotDeal: a single order is waited for, several are brought before the first is waited for.
   *
   * @param audit verifies HotDeal's stores, once it is closed
   */
  record OfDesk(HotDeal hotDeal, Sales sales, Runnable audit) implements Till {

    @Override
    public void open() {
      sales.open(hotDeal::open);
    }

    @Override
    public void sell(List<Order> orders) {
      if (orders.size() == 1) {
        acknowledge(hotDeal.order(orders.get(0)));
        return;
      }
      orders.stream()
          .map(hotDeal::orderAsync)
          .toList()
          .forEach(result -> acknowledge(result.join()));
    }

    private void acknowledge(OrderResult result) {
      boolean placed = result instanceof OrderResult.Placed p && !p.replayed();
      sales.acknowledge(placed, result);
    }

    @Override
    public void close() {
      hotDeal.close();
      audit.run();
    }
  }
}
