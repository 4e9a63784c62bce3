package io.hotdeal.demo;

import io.hotdeal.Deal;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OrderLog;
import io.hotdeal.OrderResult;
import io.hotdeal.StockCounter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A path that sells, and the deal that it sells at present.
 *
 * <p>A deal never starts again, so a reset opens another one and closes the last; buyers go on to
 * say {@value #DEAL} and get the present one. Thread-safe.
 */
final class Endpoint {

  /** What buyers call the deal, at every endpoint. */
  static final String DEAL = "prod-001";

  private final String path;
  private final Seller seller;
  private final OrderLog log;
  private final @Nullable StockCounter counter;

  private final ReentrantLock resetting = new ReentrantLock();
  private long generation;
  private volatile @Nullable Deal current;

  Endpoint(String path, Seller seller, OrderLog log, @Nullable StockCounter counter) {
    this.path = path;
    this.seller = seller;
    this.log = log;
    this.counter = counter;
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

  CompletableFuture<OrderResult> sell(Order order) {
    if (current == null) {
      throw new NothingHappenedException(path + " has no deal yet");
    }
    return seller.sell(order);
  }

  /** Opens a new deal of so many units, then closes the one before. Blocks. */
  void reset(long stock) {
    resetting.lock();
    try {
      Deal next = Deal.of(nextId(), stock);
      seller.open(next);
      Deal last = current;
      current = next;
      if (last != null) {
        seller.close(last.id());
      }
    } finally {
      resetting.unlock();
    }
  }

  /** Unique over restarts, because a database keeps the deals of earlier ones. */
  private String nextId() {
    generation = Math.max(generation + 1, System.currentTimeMillis());
    return DEAL + path.replace('/', '.') + "." + Long.toString(generation, Character.MAX_RADIX);
  }
}
