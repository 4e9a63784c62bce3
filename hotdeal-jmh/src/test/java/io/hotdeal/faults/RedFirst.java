package io.hotdeal.faults;

import io.hotdeal.HotDealException;
import io.hotdeal.Order;
import java.util.List;
import java.util.concurrent.Callable;

/** Proves first that the harness can fail: with one safeguard off, the audit must find damage. */
final class RedFirst {

  /**
   * A safeguard that was off, and what it did.
   *
   * @param damage the figure that must not be 0
   */
  record Proof(String off, String figure, long damage, Verdict verdict) {

    boolean isRed() {
      return damage > 0;
    }
  }

  private static final int SALE_MILLIS = 700;
  private static final int TRIES = 5;

  private final Stage stage;

  RedFirst(Stage stage) {
    this.stage = stage;
  }

  List<Proof> run() throws Exception {
    return List.of(
        tried(this::noQuantityCheck),
        plainDecr(),
        settledForgotten(),
        tried(this::lying),
        tried(this::h2DefaultDelay),
        tried(this::fleet),
        tried(this::holds));
  }

  /** Repeats an attempt a few times, because its damage depends on chance. */
  private static Proof tried(Callable<Proof> attempt) throws Exception {
    Proof proof = attempt.call();
    for (int i = 1; i < TRIES && !proof.isRed(); i++) {
      proof = attempt.call();
    }
    return proof;
  }

  /** A log without its quantity check, at a HotDeal with an outdated cached quantity. */
  Proof noQuantityCheck() throws Exception {
    DatabaseNode database = stage.withTables(H2Node.start(stage.resources(), H2Node.DURABLE));
    Unchecked.dropConstraint(database.dataSource());
    Shop shop = Shop.of(database, null, 0, stage.bank()).with(Red.NO_QUANTITY_CHECK);
    try (Sale sale = Sale.open(shop, Sale.deal(Stage.dealId("red"), 60), stage.bank().bank());
        Outlet other = Outlet.open(shop)) {
      String dealId = sale.deal().id();
      order(other, sale, Order.of("early", dealId, "early-bird", 1));
      new Crowd(Crowd.OrderTarget.of(sale.hotDeal()), Orders.of(dealId), "crowd", 150, sale.acks())
          .start(8)
          .await();
      order(other, sale, Order.of("late", dealId, "late-comer", 50));
      Verdict verdict = sale.judge();
      return new Proof(
          "the log's AND QUANTITY >= ?", "units oversold", verdict.oversold(), verdict);
    }
  }

  private static void order(Outlet outlet, Sale sale, Order order) {
    outlet
        .hotDeal()
        .orderAsync(order.asFirstAttempt())
        .handle(Ack::kindOf)
        .thenAccept(kind -> sale.acks().accept(new Ack(kind, order.id(), null)))
        .join();
  }

  Proof plainDecr() throws Exception {
    Verdict verdict = counted(Red.PLAIN_DECR);
    return new Proof(
        "keyed claims: a plain GET and DECR", "units leaked", verdict.leaked(), verdict);
  }

  Proof settledForgotten() throws Exception {
    Verdict verdict = counted(Red.SETTLED_FORGOTTEN);
    return new Proof("the memory of settled ids", "units leaked", verdict.leaked(), verdict);
  }

  /** An unknown outcome is reported as NothingHappened. */
  Proof lying() throws Exception {
    Verdict verdict =
        new NetworkFaults(stage, Progress.QUIET).redis(Client.JEDIS, 40, Red.LYING).verdict();
    return new Proof(
        "unknown is not nothing", "nothing, yet happened", verdict.happened(), verdict);
  }

  /** The control: with only reconciliation off, there is no damage. */
  Verdict noReconciling() throws Exception {
    return counted(Red.NO_RECONCILING);
  }

  private Verdict counted(Red off) throws Exception {
    RedisNode redis = RedisNode.forgetful(stage.resources());
    Shop shop = Shop.of(stage.h2(), Client.JEDIS, redis.port(), stage.bank()).with(off);
    try (redis;
        Sale sale = Sale.open(shop, Sale.deal(Stage.dealId("red"), 5_000), stage.bank().bank())) {
      Crowd crowd = sale.crowd("crowd", 24);
      Wait.load(SALE_MILLIS);
      crowd.stop().await();
      return sale.settle();
    }
  }

  /** Kills a database that acknowledges commits before they are on disk. */
  Proof h2DefaultDelay() throws Exception {
    DatabaseNode database = stage.withTables(H2Node.start(stage.resources(), H2Node.DEFAULT_DELAY));
    RedisNode redis = RedisNode.forgetful(stage.resources());
    Shop shop = Shop.of(database, Client.JEDIS, redis.port(), stage.bank());
    try (redis;
        Sale sale = Sale.open(shop, Sale.deal(Stage.dealId("red"), 50_000), stage.bank().bank())) {
      Wait.load(1_500); // until the deal itself is on disk
      Crowd crowd = sale.crowd("crowd", 24);
      Wait.load(SALE_MILLIS);
      database.kill();
      database.start();
      crowd.stop().await();
      sweepAsFarAsPossible(sale);
      Verdict verdict = sale.judge();
      return new Proof("H2's WRITE_DELAY=0", "paid orders lost", verdict.lost(), verdict);
    }
  }

  /** Processes, counter and deals of a fleet have defects, each of which the audit must find. */
  Proof fleet() throws Exception {
    Verdict verdict = new FleetRun(FleetPlan.ORDERS, stage, Progress.QUIET).red();
    return new Proof(
        "a fleet's limits, sold-out cache and time-outs",
        "units above limits, leaked, orders lost: the least",
        Math.min(verdict.oversold(), Math.min(verdict.leaked(), verdict.lost())),
        verdict);
  }

  /** Webhooks are answered early, late payments refunded early, units of expired holds kept. */
  Proof holds() throws Exception {
    Verdict verdict = new FleetRun(FleetPlan.HOLDS, stage, Progress.QUIET).red();
    return new Proof(
        "held orders: answer, refund and expiry only after the log",
        "payments lost, orders refunded though sold, units leaked: the least",
        Math.min(verdict.lost(), Math.min(verdict.paidNotCharged(), verdict.leaked())),
        verdict);
  }

  private static void sweepAsFarAsPossible(Sale sale) {
    try {
      var unused = sale.hotDeal().resolver().sweep(sale.deal().id());
    } catch (HotDealException e) {
      // the data cannot be repaired, which the verdict reports
    }
  }
}
