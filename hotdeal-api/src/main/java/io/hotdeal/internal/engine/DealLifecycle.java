package io.hotdeal.internal.engine;

import io.hotdeal.Deal;
import io.hotdeal.DealChange;
import io.hotdeal.OrderQuery;
import io.hotdeal.UnknownDealException;
import io.hotdeal.internal.client.CounterClient;
import io.hotdeal.internal.order.OrderFlow;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.Tally;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The operations on deals (open, change, restock, purge), first in the log, then in the counter,
 * and the searches in the log. All block. Thread-safe.
 */
public final class DealLifecycle {

  private final OrderLog log;
  private final CounterClient counter;
  private final OrderFlow flow;
  private final Set<String> consumers;
  private final Set<String> lookedAfter = ConcurrentHashMap.newKeySet();

  /**
   * Creates the operations.
   *
   * @param consumers the names of the consumers that hear of the events of each deal
   */
  DealLifecycle(OrderLog log, CounterClient counter, OrderFlow flow, Set<String> consumers) {
    this.log = log;
    this.counter = counter;
    this.flow = flow;
    this.consumers = consumers;
  }

  public void open(Deal deal) {
    log.open(deal);
    Tally tally = log.tally(deal.id()).orElseThrow(() -> new UnknownDealException(deal.id()));
    if (deal.events()) {
      log.outbox().register(consumers, deal.id());
    }
    lookAfter(deal.id());
    counter.open(tally);
  }

  /** Returns the terms as they are now. */
  public DealTerms change(String dealId, DealChange change) {
    DealTerms terms = log.change(dealId, change);
    flow.invalidate(dealId);
    counter.change(terms);
    return terms;
  }

  public void restock(String dealId, long units, String operationId) {
    log.restock(dealId, units, operationId);
    flow.invalidate(dealId);
    counter.scheduleReconcile(dealId);
  }

  /** Reads an order's row. */
  public Optional<OrderRecord> find(String dealId, String orderId) {
    return log.find(dealId, orderId);
  }

  /** Reads a page of orders. */
  public List<OrderRecord> orders(OrderQuery query) {
    return log.orders(query);
  }

  /** Returns the number of rows deleted from the log. */
  public long purge(String dealId) {
    long deleted = log.purge(dealId);
    log.tally(dealId).map(Tally::terms).ifPresent(counter::purge);
    lookedAfter.remove(dealId);
    flow.forget(dealId);
    return deleted;
  }

  /** Has a deal swept and its events delivered by this instance, until it purges the deal. */
  void lookAfter(String dealId) {
    lookedAfter.add(dealId);
  }

  /**
   * A live view of the deals that this instance opened, or has given a sale back of, and did not
   * purge since.
   */
  Set<String> lookedAfter() {
    return lookedAfter;
  }
}
