package io.hotdeal.demo;

import io.hotdeal.Deal;
import io.hotdeal.DealConflictException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.UnknownDealException;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.spi.Tally;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A path that sells, and its current deal: the last one that is open in the log, so that a restart
 * continues with it, and all processes sell the same.
 *
 * <p>A deal cannot be reopened, so a reset opens a new deal and closes the earlier ones; buyers
 * refer to the current one as {@value #DEAL}. An endpoint does not sell another endpoint's deals: a
 * counter would not see orders that are placed without it. Thread-safe.
 */
final class Endpoint {

  /** The name by which buyers refer to the current deal, at every endpoint. */
  static final String DEAL = "prod-001";

  private static final int ATTEMPTS = 5;

  private final String path;
  private final Seller seller;
  private final OrderLog log;
  private final @Nullable StockCounter counter;
  private final DealTable deals;

  private final ReentrantLock changing = new ReentrantLock();
  private final Set<String> closed = new HashSet<>();
  private volatile @Nullable Deal current;

  Endpoint(
      String path, Seller seller, OrderLog log, @Nullable StockCounter counter, Database database) {
    this.path = path;
    this.seller = seller;
    this.log = log;
    this.counter = counter;
    deals = database.deals(DEAL + path.replace('/', '.') + ".");
  }

  String path() {
    return path;
  }

  OrderLog log() {
    return log;
  }

  @Nullable StockCounter counter() {
    return counter;
  }

  Seller seller() {
    return seller;
  }

  /** The current deal, or null while the stores have not answered since the start. */
  @Nullable Deal current() {
    return current;
  }

  /** The id in the stores: of the current deal for {@value #DEAL} or null, else as given. */
  String resolve(@Nullable String dealId) {
    if (dealId != null && !dealId.equals(DEAL)) {
      return dealId;
    }
    Deal deal = current;
    return deal != null ? deal.id() : DEAL;
  }

  /** Whether the id is one of this endpoint's deals. */
  boolean sells(String dealId) {
    return dealId.equals(DEAL) || deals.contains(dealId);
  }

  CompletableFuture<OrderResult> sell(Order order) {
    if (current == null) {
      throw new NothingHappenedException(path + " has no deal yet");
    }
    return seller.sell(order);
  }

  /**
   * Continues with the last open deal, or opens the first one. Blocks.
   *
   * @param stock the units of a first deal
   */
  void follow(long stock) {
    changing.lock();
    try {
      Optional<String> last = deals.open().stream().findFirst();
      if (last.isPresent()) {
        goOn(last.get());
      } else if (current == null) {
        openNext(stock);
      }
    } finally {
      changing.unlock();
    }
  }

  /**
   * Opens a new deal, then closes the earlier ones. Blocks.
   *
   * @param stock the units of the new deal
   */
  void reset(long stock) {
    changing.lock();
    try {
      purgeClosed();
      Deal opened = openNext(stock);
      for (String dealId : deals.open()) {
        if (deals.isBefore(dealId, opened.id())) {
          seller.close(dealId);
          closed.add(dealId);
        }
      }
    } finally {
      changing.unlock();
    }
  }

  private void goOn(String dealId) {
    Deal before = current;
    if (before != null && before.id().equals(dealId)) {
      return;
    }
    Tally tally = log.tally(dealId).orElseThrow(() -> new UnknownDealException(dealId));
    seller.open(tally.deal());
    current = tally.deal();
    if (before != null) {
      closed.add(before.id()); // by the process that opened this one
    }
  }

  private Deal openNext(long stock) {
    for (int i = 1; ; i++) {
      Deal next = Deal.of(deals.next(), stock);
      try {
        seller.open(next);
        current = next;
        return next;
      } catch (DealConflictException e) { // another process was first, with another stock
        if (i == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Purges the deals that were replaced before; their sales stay in the log. */
  private void purgeClosed() {
    closed.removeIf(this::isPurged);
  }

  private boolean isPurged(String dealId) {
    try {
      seller.purge(dealId);
      return true;
    } catch (NothingHappenedException e) {
      return false; // an order is under way: purged by a later reset
    }
  }
}
