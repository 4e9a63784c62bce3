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
 * A path that sells, and the deal that it sells at present: the last one that is open in the log,
 * so that a restart goes on with it, and all processes sell the same.
 *
 * <p>A deal never starts again, so a reset opens another one and closes the last; buyers go on to
 * say {@value #DEAL} and get the present one. It sells no other endpoint's deals: what is sold past
 * a counter, the counter does not know. Thread-safe.
 */
final class Endpoint {

  /** What buyers call the deal, at every endpoint. */
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

  /** The deal on sale, or null while the stores have not answered since the start. */
  @Nullable Deal current() {
    return current;
  }

  /** The id that the stores know; of the present deal where the buyer named it, or none. */
  String resolve(@Nullable String dealId) {
    if (dealId != null && !dealId.equals(DEAL)) {
      return dealId;
    }
    Deal deal = current;
    return deal != null ? deal.id() : DEAL;
  }

  /** Whether the deal is one of this endpoint's, by its id. */
  boolean sells(String dealId) {
    return dealId.equals(DEAL) || deals.contains(dealId);
  }

  CompletableFuture<OrderResult> sell(Order order) {
    if (current == null) {
      throw new NothingHappenedException(path + " has no deal yet");
    }
    return seller.sell(order);
  }

  /** Goes on with the last open deal, or opens the very first of so many units. Blocks. */
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

  /** Opens a new deal of so many units, then closes those before. Blocks. */
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
      closed.add(before.id()); // by whoever opened this one
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

  /** Of the deals that were closed a while ago only their sales are kept. */
  private void purgeClosed() {
    closed.removeIf(this::isPurged);
  }

  private boolean isPurged(String dealId) {
    try {
      seller.purge(dealId);
      return true;
    } catch (NothingHappenedException e) {
      return false; // An order is still under way: next time.
    }
  }
}
