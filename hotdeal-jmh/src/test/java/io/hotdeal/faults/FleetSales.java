package io.hotdeal.faults;

import io.hotdeal.Deal;
import io.hotdeal.EventDelivery;
import io.hotdeal.HotDealException;
import io.hotdeal.faults.Ack.Kind;
import io.hotdeal.testkit.DaemonThreads;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Deals that a fleet sells, one of each kind at a time: each until it is sold out and for a while
 * after, then the next one. When the time is up no new ones are opened; those under way are still
 * sold.
 */
final class FleetSales implements AutoCloseable {

  private static final int REFUSED_PAST_THE_END = 20;

  private final Fleet fleet;
  private final Shop shop;
  private final Bank bank;
  private final double size;
  private final FleetBuyers buyers;
  private final Outlet outlet;
  private final ConcurrentLinkedQueue<Sale> sales = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads;
  private CompletableFuture<?> done = CompletableFuture.completedFuture(null);
  private volatile long end;
  private volatile boolean ending;

  FleetSales(Fleet fleet, Shop shop, Bank bank, double size, FleetBuyers buyers) {
    this.fleet = fleet;
    this.shop = shop;
    this.bank = bank;
    this.size = size;
    this.buyers = buyers;
    this.outlet = Outlet.open(shop);
    this.threads = DaemonThreads.pool("fleet-lane", FleetLane.values().length);
  }

  void start() {
    HeardEvents.createTable(outlet.pool());
    done =
        CompletableFuture.allOf(
            Arrays.stream(FleetLane.values())
                .map(lane -> CompletableFuture.runAsync(() -> sellAll(lane), threads))
                .toArray(CompletableFuture<?>[]::new));
  }

  /** Opens no new deals; those that are not sold out after the given time are left as they are. */
  void end(long overtimeMillis) {
    end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(overtimeMillis);
    ending = true;
  }

  boolean isOver() {
    return done.isDone();
  }

  /** Waits until all orders have ended; fails if a deal could not be sold. */
  void await() throws Exception {
    done.get(300, TimeUnit.SECONDS);
  }

  /** All sales, in no particular order. */
  List<Sale> sales() {
    return List.copyOf(sales);
  }

  long orders() {
    return sales.stream().mapToLong(sale -> sale.acks().orders()).sum();
  }

  /** Without a limit per buyer, a deal that is open refuses what is sold out, and nothing else. */
  long refusedAsSoldOut() {
    return sales.stream()
        .filter(sale -> sale.deal().limitPerBuyer() == 0)
        .mapToLong(sale -> sale.acks().count(Kind.REFUSED))
        .sum();
  }

  Outlet outlet() {
    return outlet;
  }

  private boolean isTimeUp() {
    return ending && System.nanoTime() - end > 0;
  }

  private void sellAll(FleetLane lane) {
    while (!ending) {
      Deal deal = lane.deal(size);
      open(deal);
      Crowd.OrderTarget again = buyers.again(outlet.hotDeal());
      Sale sale = Sale.at(outlet, shop, deal, bank, lane.orders(deal), again);
      sales.add(sale);
      fleet.sweep(deal.id());
      Crowd.OrderTarget target = buyers.target(fleet, sale);
      Crowd crowd =
          new Crowd(target, sale.orders(), "o", Integer.MAX_VALUE, sale.acks())
              .start(lane.atOnce());
      awaitPastTheEnd(sale.acks());
      crowd.stop().await();
      target.await();
      fleet.sweepNoLonger(deal.id());
    }
  }

  /** Retries until it succeeds, because the stores may be down. */
  private void open(Deal deal) {
    Deal asOpened = shop.isOff(Red.NO_LIMIT) ? deal.withLimitPerBuyer(0) : deal;
    Wait.until(
        "deal " + deal.id() + " is open",
        () -> {
          try {
            outlet.hotDeal().open(asOpened.withEvents());
            return true;
          } catch (HotDealException e) {
            return false;
          }
        });
  }

  /** Waits until there were only refusals for a while, or the time is up. */
  private void awaitPastTheEnd(Acks acks) {
    long taken = -1;
    long refused = 0;
    long since = 0;
    while (!isTimeUp()) {
      if (taken(acks) != taken) {
        taken = taken(acks);
        refused = acks.count(Kind.REFUSED);
        since = System.nanoTime();
      }
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
      if (millis > buyers.pastTheEndMillis()
          && acks.count(Kind.REFUSED) - refused > REFUSED_PAST_THE_END) {
        return;
      }
      Wait.load(20);
    }
  }

  private static long taken(Acks acks) {
    return acks.count(Kind.PLACED) + acks.count(Kind.HELD);
  }

  /** Resolves every sale, after the faults and the fleet have ended, and delivers its events. */
  void resolve() {
    sales.forEach(Sale::resolve);
    for (Sale sale : sales) {
      String dealId = sale.deal().id();
      Wait.until("all events of " + dealId + " are heard", () -> isHeard(dealId));
    }
  }

  private boolean isHeard(String dealId) {
    EventDelivery events = outlet.hotDeal().events();
    return events.deliver(dealId).stream().allMatch(it -> it.failure() == null)
        && events.lag(dealId).stream().allMatch(it -> it.events() == 0);
  }

  /** Audits the log, the answers to the buyers, the bank, and the counter as Redis has it now. */
  SqlAudit.Result audit(PostgresNode database, RedisNode redis) {
    Map<String, SqlAudit.CounterKeys> counters =
        redis.counters(sales.stream().map(sale -> sale.deal().id()).toList());
    Map<String, DealBooks> books = new HashMap<>();
    for (Sale sale : sales) {
      String dealId = sale.deal().id();
      books.put(dealId, DealBooks.of(sale, counters.get(dealId)));
    }
    return SqlAudit.of(database.patiently(), books);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    outlet.close();
  }
}
