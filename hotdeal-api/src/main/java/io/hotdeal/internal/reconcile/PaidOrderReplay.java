package io.hotdeal.internal.reconcile;

import io.hotdeal.Order;
import io.hotdeal.internal.resilience.AsyncStoreCalls;
import io.hotdeal.internal.resilience.ExpiringDealSet;
import io.hotdeal.spi.DealBalance;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.StockCounter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replay of a deal's PAID orders to a counter that lost them: settles them again, a page at a
 * time, so that the counter has the units of each buyer and enforces the limit per buyer.
 *
 * <p>Settling is idempotent, so each order counts once. RESERVED orders are not replayed: they may
 * still be cancelled, and must not count against their buyers then. Runs in the background, at most
 * one replay per deal at a time. Does nothing for a deal without a limit per buyer. Thread-safe.
 */
public final class PaidOrderReplay {

  private static final Logger LOG = LoggerFactory.getLogger(PaidOrderReplay.class);
  private static final int PAGE = 500;
  private static final Duration MIN_PERIOD = Duration.ofSeconds(10);

  private final StockCounter counter;
  private final OrderLog log;
  private final AsyncStoreCalls counterCalls;
  private final AsyncStoreCalls logCalls;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final ExpiringDealSet recent;

  public PaidOrderReplay(
      StockCounter counter,
      OrderLog log,
      AsyncStoreCalls counterCalls,
      AsyncStoreCalls logCalls,
      LongSupplier ticker) {
    this.counter = counter;
    this.log = log;
    this.counterCalls = counterCalls;
    this.logCalls = logCalls;
    this.recent = new ExpiringDealSet(MIN_PERIOD, ticker);
  }

  /** Starts a replay of a deal that the counter had lost, unless one is under way. Never blocks. */
  public void start(String dealId) {
    recent.add(dealId);
    run(dealId);
  }

  /**
   * The same for a counter that was found to lack a buyer's orders: at most once in 10 s per deal.
   */
  public void startIfDue(String dealId) {
    if (!recent.contains(dealId)) {
      start(dealId);
    }
  }

  private void run(String dealId) {
    if (!underWay.add(dealId)) {
      return;
    }
    var unused =
        replay(dealId)
            .whenComplete(
                (settled, broken) -> {
                  underWay.remove(dealId);
                  LOG.debug("paid orders of deal {} settled again: {}", dealId, settled, broken);
                });
  }

  /** Settles the deal's PAID orders; returns how many there are. */
  CompletableFuture<Long> replay(String dealId) {
    return logCalls
        .call(() -> log.balance(dealId))
        .thenCompose(balance -> hasLimit(balance) ? pages(dealId, "", 0) : completed(0));
  }

  private static boolean hasLimit(Optional<DealBalance> balance) {
    return balance.filter(it -> it.terms().deal().limitPerBuyer() > 0).isPresent();
  }

  private CompletableFuture<Long> pages(String dealId, String after, long before) {
    return logCalls
        .call(() -> log.paid(dealId, after, PAGE))
        .thenCompose(
            page -> {
              if (page.isEmpty()) {
                return completed(before);
              }
              List<Order> orders = page.stream().map(OrderRecord::order).toList();
              String last = orders.get(orders.size() - 1).id();
              long soFar = before + orders.size();
              return counterCalls
                  .run(() -> counter.settle(orders))
                  .thenCompose(
                      done -> orders.size() < PAGE ? completed(soFar) : pages(dealId, last, soFar));
            });
  }

  private static CompletableFuture<Long> completed(long settled) {
    return CompletableFuture.completedFuture(settled);
  }
}
