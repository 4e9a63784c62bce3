package io.hotdeal.faults;

import io.hotdeal.HotDeal;
import io.hotdeal.HotDealException;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Threads that each send a new order as soon as the last one is answered, to one deal after the
 * other, and their results. More units are on sale than they can buy.
 */
final class Callers {

  /**
   * The results of the callers.
   *
   * @param slow orders whose answer took longer than {@link #SLOW_MILLIS}
   */
  record Seen(long placed, long refused, long failed, long slow, double seconds) {

    double placedPerSecond() {
      return placed / seconds;
    }

    Seen plus(Seen other) {
      return new Seen(
          placed + other.placed,
          refused + other.refused,
          failed + other.failed,
          slow + other.slow,
          seconds + other.seconds);
    }
  }

  static final long SLOW_MILLIS = 2_500;

  private static final long LONGEST_ANSWER_SECONDS = 120;

  private final HotDeal hotDeal;
  private final List<String> deals;
  private final String name;
  private final AtomicInteger numbers = new AtomicInteger();
  private final LongAdder placed = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder slow = new LongAdder();
  private final AtomicLong lastSale = new AtomicLong();
  private final AtomicLong longestGap = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private final LongSupplier clock = System::nanoTime;
  private long started;
  private volatile boolean stopped;

  /**
   * Callers that are not started yet.
   *
   * @param name the prefix of their order ids
   */
  Callers(HotDeal hotDeal, List<String> deals, String name) {
    this.hotDeal = hotDeal;
    this.deals = deals;
    this.name = name;
  }

  Callers start(int atOnce) {
    started = clock.getAsLong();
    watchGaps();
    for (int i = 0; i < atOnce; i++) {
      Thread thread = new Thread(this::buyAll, "caller-" + name + "-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
    return this;
  }

  private void buyAll() {
    do {
      int number = numbers.incrementAndGet();
      String dealId = deals.get(number % deals.size());
      buy(Order.of(name + "-" + number, dealId, "buyer-" + number, 1).asFirstAttempt());
    } while (!stopped);
  }

  private void buy(Order order) {
    long begin = clock.getAsLong();
    try {
      if (hotDeal.order(order) instanceof OrderResult.Placed) {
        placed.increment();
        noteGap();
      } else {
        refused.increment();
      }
    } catch (HotDealException e) {
      failed.increment();
    }
    if (clock.getAsLong() - begin > TimeUnit.MILLISECONDS.toNanos(SLOW_MILLIS)) {
      slow.increment();
    }
  }

  private void noteGap() {
    long now = clock.getAsLong();
    long gap = now - lastSale.getAndSet(now);
    longestGap.accumulateAndGet(gap, Math::max);
  }

  /** Restarts the measurement of gaps. */
  void watchGaps() {
    lastSale.set(clock.getAsLong());
    longestGap.set(0);
  }

  /** The longest time without a sale since {@link #watchGaps}, to this moment, in seconds. */
  double longestGapSeconds() {
    return Math.max(longestGap.get(), clock.getAsLong() - lastSale.get()) / 1e9;
  }

  long placed() {
    return placed.sum();
  }

  /** Sends nothing new, and waits for the answers to what was sent. */
  Seen stop() {
    stopped = true;
    long deadline = clock.getAsLong() + TimeUnit.SECONDS.toNanos(LONGEST_ANSWER_SECONDS);
    try {
      for (Thread thread : threads) {
        TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - clock.getAsLong()));
        if (thread.isAlive()) {
          throw new IllegalStateException("an order gets no answer: " + thread.getName());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    double seconds = (clock.getAsLong() - started) / 1e9;
    return new Seen(placed.sum(), refused.sum(), failed.sum(), slow.sum(), seconds);
  }
}
