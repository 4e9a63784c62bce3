package io.hotdeal.faults;

import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.SweepReport;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** One deal, sold under faults by any number of sellers, and audited when they have ended. */
final class Sale implements AutoCloseable {

  static final Duration HOLD = Duration.ofMillis(400);

  private static final int AT_ONCE = 2_000;

  private final Shop shop;
  private final Deal deal;
  private final Bank bank;
  private final Outlet outlet;
  private final Orders orders;
  private final Crowd.OrderTarget again;
  private final Acks acks = new Acks();
  private final Acks reports = new Acks();

  private Sale(
      Shop shop, Deal deal, Bank bank, Outlet outlet, Orders orders, Crowd.OrderTarget again) {
    this.shop = shop;
    this.deal = deal;
    this.bank = bank;
    this.outlet = outlet;
    this.orders = orders;
    this.again = again;
  }

  /**
   * A sale of an open deal at a HotDeal that others share; the caller sends the orders.
   *
   * @param again where they are sent again in the end
   */
  static Sale at(
      Outlet outlet, Shop shop, Deal deal, Bank bank, Orders orders, Crowd.OrderTarget again) {
    return new Sale(shop, deal, bank, outlet, orders, again);
  }

  static Sale open(Shop shop, Deal deal, Bank bank) {
    return open(shop, deal, bank, log -> log, counter -> counter);
  }

  /** Opens one whose calls to the stores pass through wrappers. */
  static Sale open(
      Shop shop,
      Deal deal,
      Bank bank,
      UnaryOperator<OrderLog> log,
      UnaryOperator<StockCounter> counter) {
    Outlet outlet = Outlet.open(shop, log, counter);
    outlet.hotDeal().open(deal);
    return new Sale(
        shop, deal, bank, outlet, Orders.of(deal.id()), Crowd.OrderTarget.of(outlet.hotDeal()));
  }

  static Deal deal(String id, long quantity) {
    return Deal.of(id, quantity).withHold(HOLD);
  }

  Shop shop() {
    return shop;
  }

  Deal deal() {
    return deal;
  }

  Bank bank() {
    return bank;
  }

  Acks acks() {
    return acks;
  }

  /** The answers to the bank, by the ids of the payments that it reported. */
  Acks reports() {
    return reports;
  }

  Orders orders() {
    return orders;
  }

  HotDeal hotDeal() {
    return outlet.hotDeal();
  }

  /** Starts buyers at this sale's HotDeal. */
  Crowd crowd(String name, int atOnce) {
    return new Crowd(Crowd.OrderTarget.of(hotDeal()), orders, name, Integer.MAX_VALUE, acks)
        .start(atOnce);
  }

  LogBooks books() {
    return LogBooks.read(outlet.pool(), deal.id());
  }

  Optional<Stock> stock() {
    StockCounter counter = outlet.counter();
    return counter == null ? Optional.empty() : counter.stock(deal.id());
  }

  /** Resolves and audits the sale, after the faults and the sellers have ended. */
  Verdict settle() {
    resolve();
    return judge();
  }

  /** Runs the resolver, sends orders again, and runs the resolver again. */
  void resolve() {
    sweepUntilQuiet();
    askAgain();
    sweepUntilQuiet();
  }

  /** Audits the current data. */
  Verdict judge() {
    return Verdict.of(deal, books(), stock(), acks, bank.books(deal.id()));
  }

  void sweepUntilQuiet() {
    String[] last = {"never swept"};
    try {
      Wait.until("quiet", () -> isQuietAfterSweep(last));
    } catch (IllegalStateException e) {
      throw new IllegalStateException("deal " + deal.id() + " is not quiet: " + last[0], e);
    }
  }

  private boolean isQuietAfterSweep(String[] last) {
    SweepReport report = hotDeal().resolver().sweep(deal.id());
    last[0] = report.toString();
    Optional<Stock> stock = stock();
    LogBooks books = books();
    long undecided = books.withStatus("RESERVED") + books.withStatus("HELD");
    last[0] += ", " + stock + ", " + undecided + " RESERVED or HELD";
    return report.foundNothing()
        && undecided == 0
        && stock.map(it -> it.claimed() == 0).orElse(true);
  }

  /** Sends again every order with a final answer, which must not change, or an unknown outcome. */
  private void askAgain() {
    List<String> ids = new ArrayList<>(acks.worthAskingAgain());
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      CompletableFuture<?>[] answers =
          ids.subList(from, Math.min(from + AT_ONCE, ids.size())).stream()
              .map(this::askAgain)
              .toArray(CompletableFuture<?>[]::new);
      try {
        CompletableFuture.allOf(answers).get(120, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IllegalStateException("an order gets no answer", e);
      }
    }
  }

  private CompletableFuture<?> askAgain(String id) {
    Ack.Kind before = acks.verdict(id);
    return again.order(orders.order(id)).thenAccept(kind -> acks.accept(new Ack(kind, id, before)));
  }

  @Override
  public void close() {
    outlet.close();
  }
}
