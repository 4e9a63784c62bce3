package io.hotdeal.jmh.cost;

import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.HotDealBuilder;
import io.hotdeal.PaymentGateway;
import io.hotdeal.oracle.OracleOrderLog;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.spi.Tally;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One hot deal sold to its last unit through a HotDeal as it comes, and what that cost the stores.
 */
final class CountedSale {

  /** How the callers wait. */
  enum Callers {
    /** No thread waits: the next order is brought where the last one's answer comes out. */
    ASYNC,
    /** Every caller is a thread. */
    BLOCKING
  }

  /** Where the machine has other work, an order takes long; that is no outage. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final AtomicInteger DEALS = new AtomicInteger();

  private final CountedStores stores;
  private final ClosedLoop loop;
  private final CountedJdbc jdbc;
  private final OrderLog log;
  private final String dealId = "deal-" + DEALS.incrementAndGet();
  private final HotDealBuilder hotDeal;
  private final @Nullable StockCounter gate;

  CountedSale(CountedStores stores, ClosedLoop loop, @Nullable StockCounter gate) {
    this.stores = stores;
    this.loop = loop;
    this.jdbc = new CountedJdbc(stores.database());
    this.log = OracleOrderLog.conditionalUpdate(jdbc.dataSource());
    this.gate = gate;
    this.hotDeal =
        HotDeal.builder()
            .log(log)
            .payments(PaymentGateway.none())
            .slowCallThreshold(PATIENCE)
            .counterSlowCallThreshold(PATIENCE);
    if (gate != null) {
      hotDeal.counter(gate).refuseWhenCounterIsDown();
    }
  }

  /** The cost of the orders, from the first one to the last settlement. */
  Cost cost(Callers callers) throws Exception {
    Cost before;
    try (HotDeal open = hotDeal.build()) {
      open.open(Deal.of(dealId, loop.orders()));
      before = soFar(0);
      jdbc.beforeTrip(loop::awaitAll);
      if (callers == Callers.ASYNC) {
        loop.sellAsync(open, dealId);
      } else {
        loop.sellBlocking(open, dealId);
      }
    }
    Cost cost = soFar(loop.orders()).since(before);
    audit();
    return cost;
  }

  /** A cost is of no interest unless the stores hold what was sold. */
  private void audit() {
    Tally tally = log.tally(dealId).orElseThrow();
    require(tally.paid().units() == loop.orders(), tally);
    if (gate != null) {
      Stock stock = gate.stock(dealId).orElseThrow();
      require(stock.settled() == loop.orders() && stock.remaining() == 0, stock);
    }
  }

  private void require(boolean balanced, Record found) {
    if (!balanced) {
      throw new IllegalStateException(loop.orders() + " units were sold, a store has " + found);
    }
  }

  private Cost soFar(long orders) throws SQLException {
    return new Cost(
        orders,
        jdbc.commits(),
        jdbc.roundTrips(),
        stores.transactionNumber(),
        stores.scriptCalls());
  }
}
