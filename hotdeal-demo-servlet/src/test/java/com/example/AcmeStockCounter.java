package com.example;

import io.hotdeal.ClaimResult;
import io.hotdeal.Deal;
import io.hotdeal.DealConflictException;
import io.hotdeal.Ids;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.Units;
import io.hotdeal.spi.CallsByDeal;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A stock counter on Acme. Thread-safe; the client remains its owner's to close. */
public final class AcmeStockCounter implements StockCounter {

  /** What the store has to do: each method is one call, which ends by a time-out. */
  public interface Acme {

    /** Creates the deal unless it is there. Answers the terms that stand. */
    DealTerms open(Deal deal);

    List<ClaimResult> claim(String dealId, List<Order> orders);

    /** Moves the deadlines of held claims, by {@code payWithin} of each order. */
    int postpone(String dealId, List<Order> orders);

    int settle(String dealId, List<Order> orders);

    int release(String dealId, List<Order> orders);

    int giveBack(String dealId, List<Order> orders);

    Optional<Stock> stock(String dealId);

    List<Order> overdue(String dealId, int limit);

    List<Order> held(String dealId, int limit);

    boolean restore(DealTerms terms, long remaining, long ifVersion);

    /** Adopts the terms, unless the deal is not there or has later ones. */
    boolean change(DealTerms terms);

    boolean close(String dealId);

    boolean purgeIfClosed(String dealId);

    /** Whether this failure proves that the store did not run the call. */
    boolean provesNothingHappened(RuntimeException failure);
  }

  private final Acme acme;

  public AcmeStockCounter(Acme acme) {
    this.acme = acme;
  }

  @Override
  public void open(Deal deal) {
    DealTerms standing = call(() -> acme.open(deal));
    if (!standing.isOpenedInCounterBy(deal)) {
      throw new DealConflictException("counter", standing.deal(), deal);
    }
  }

  @Override
  public List<ClaimResult> claim(List<Order> orders) {
    return CallsByDeal.call(orders, ofDeal -> call(() -> acme.claim(dealOf(ofDeal), ofDeal)));
  }

  @Override
  public void postpone(List<Order> orders) {
    CallsByDeal.run(orders, ofDeal -> call(() -> acme.postpone(dealOf(ofDeal), ofDeal)));
  }

  @Override
  public void settle(List<Order> orders) {
    CallsByDeal.run(orders, ofDeal -> call(() -> acme.settle(dealOf(ofDeal), ofDeal)));
  }

  @Override
  public void release(List<Order> orders) {
    CallsByDeal.run(orders, ofDeal -> call(() -> acme.release(dealOf(ofDeal), ofDeal)));
  }

  @Override
  public void giveBack(List<Order> orders) {
    CallsByDeal.run(orders, ofDeal -> call(() -> acme.giveBack(dealOf(ofDeal), ofDeal)));
  }

  @Override
  public Optional<Stock> stock(String dealId) {
    Ids.check("deal id", dealId);
    return call(() -> acme.stock(dealId));
  }

  @Override
  public List<Order> overdue(String dealId, int limit) {
    check(dealId, limit);
    return call(() -> acme.overdue(dealId, limit));
  }

  @Override
  public List<Order> held(String dealId, int limit) {
    check(dealId, limit);
    return call(() -> acme.held(dealId, limit));
  }

  @Override
  public boolean restore(DealTerms terms, long remaining, long ifVersion) {
    if (remaining < 0 || remaining > Units.MAX) {
      throw new IllegalArgumentException(
          "remaining " + remaining + " is not within 0 and " + Units.MAX);
    }
    return call(() -> acme.restore(terms, remaining, ifVersion));
  }

  @Override
  public void change(DealTerms terms) {
    call(() -> acme.change(terms));
  }

  @Override
  public void close(String dealId) {
    Ids.check("deal id", dealId);
    call(() -> acme.close(dealId));
  }

  @Override
  public void purge(String dealId) {
    Ids.check("deal id", dealId);
    call(() -> acme.purgeIfClosed(dealId));
  }

  private static String dealOf(List<Order> orders) {
    return orders.get(0).dealId();
  }

  private static void check(String dealId, int limit) {
    Ids.check("deal id", dealId);
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is not at least 1");
    }
  }

  /** Only requests go in here: a wrong argument remains an IllegalArgumentException. */
  private <T> T call(Supplier<T> request) {
    try {
      return request.get();
    } catch (RuntimeException failure) {
      String message = "Acme failed: " + failure.getMessage();
      throw acme.provesNothingHappened(failure)
          ? new NothingHappenedException(message, failure)
          : new OutcomeUnknownException(message, failure);
    }
  }
}
