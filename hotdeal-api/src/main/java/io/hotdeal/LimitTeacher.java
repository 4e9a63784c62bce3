package io.hotdeal;

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
 * Tells a counter that forgot them what the buyers of a deal have, so that it refuses those who are
 * at their limit instead of the log: every PAID order of the log is settled at the counter again, a
 * page at a time, which counts each once.
 *
 * <p>Only PAID orders are told: they stay, so no buyer is ever refused for what was given back.
 * Nobody waits for it, and one round per deal is under way at a time. Thread-safe.
 */
final class LimitTeacher {

  private static final Logger LOG = LoggerFactory.getLogger(LimitTeacher.class);
  private static final int PAGE = 500;
  private static final Duration SHORTEST_PERIOD = Duration.ofSeconds(10);

  private final StockCounter counter;
  private final OrderLog log;
  private final StoreCalls counterCalls;
  private final StoreCalls logCalls;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final RecentDeals taught;

  LimitTeacher(
      StockCounter counter,
      OrderLog log,
      StoreCalls counterCalls,
      StoreCalls logCalls,
      LongSupplier ticker) {
    this.counter = counter;
    this.log = log;
    this.counterCalls = counterCalls;
    this.logCalls = logCalls;
    this.taught = new RecentDeals(SHORTEST_PERIOD, ticker);
  }

  /** Starts a round of a deal that the counter had lost, unless one is under way. Never blocks. */
  void teach(String dealId) {
    taught.remember(dealId);
    round(dealId);
  }

  /** The same where the counter was found to lack a buyer: not more often than every 10 s. */
  void teachAgain(String dealId) {
    if (!taught.remembers(dealId)) {
      teach(dealId);
    }
  }

  private void round(String dealId) {
    if (!underWay.add(dealId)) {
      return;
    }
    var unused =
        logCalls
            .call(() -> log.tally(dealId))
            .thenCompose(tally -> hasLimit(tally) ? pages(dealId, "") : done())
            .whenComplete(
                (done, broken) -> {
                  underWay.remove(dealId);
                  if (broken != null) {
                    LOG.debug("the counter was not told the limits of deal {}", dealId, broken);
                  }
                });
  }

  private static boolean hasLimit(Optional<Tally> tally) {
    return tally.filter(it -> it.deal().limitPerBuyer() > 0 && it.paid().orders() > 0).isPresent();
  }

  private CompletableFuture<Boolean> pages(String dealId, String after) {
    return logCalls
        .call(() -> log.paid(dealId, after, PAGE))
        .thenCompose(
            page -> {
              if (page.isEmpty()) {
                return done();
              }
              List<Order> orders = page.stream().map(OrderRecord::order).toList();
              String last = orders.get(orders.size() - 1).id();
              return counterCalls
                  .run(() -> counter.settle(orders))
                  .thenCompose(told -> orders.size() < PAGE ? done() : pages(dealId, last));
            });
  }

  private static CompletableFuture<Boolean> done() {
    return CompletableFuture.completedFuture(true);
  }
}
