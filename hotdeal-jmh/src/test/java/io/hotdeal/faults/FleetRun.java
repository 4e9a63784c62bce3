package io.hotdeal.faults;

import io.hotdeal.testkit.Resources;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A fleet of selling processes over one PostgreSQL and one Redis, with a faulty payment gateway,
 * while processes and stores are killed and frozen; all its deals are then audited by SQL.
 */
final class FleetRun {

  /**
   * The size of a run.
   *
   * @param millis how long it lasts at least
   * @param faults how many there are at least; then it goes on to the end of the round
   * @param stock of each deal, as a share of the usual
   * @param longestFaultMillis how long a freeze lasts, or until a killed process is started again
   * @param overtimeMillis how long the last deals may take to be sold out; the faults continue
   * @param longestPayMillis the longest time to pay of a held order
   */
  private record Size(
      int sellers,
      long millis,
      int faults,
      double stock,
      int longestFaultMillis,
      long overtimeMillis,
      int longestPayMillis) {

    static final Size SHORT = new Size(3, 0, 0, 0.1, 200, 0, 600);
  }

  private static final int RED_ORDERS = 600;

  private final FleetPlan plan;
  private final Stage stage;
  private final Progress progress;
  private final Score score;

  FleetRun(FleetPlan plan, Stage stage, Progress progress) {
    this.plan = plan;
    this.stage = stage;
    this.progress = progress;
    this.score = new Score(plan.title());
  }

  /** Six processes for so many minutes. */
  Score minutes(int minutes) throws Exception {
    return run(new Size(6, minutes * 60_000L, 0, 1, 3_000, 30_000, 3_000));
  }

  /** Six processes until so many faults have occurred. */
  Score faults(int faults) throws Exception {
    return run(new Size(6, 0, faults, 0.25, 500, 30_000, 3_000));
  }

  /** Three processes, for one round of faults. */
  Score shortly() throws Exception {
    return run(Size.SHORT);
  }

  private Score run(Size size) throws Exception {
    PostgresNode database = stage.postgres();
    try (Resources resources = new Resources()) {
      BankServer bank = resources.add(new BankServer(BankServer.Habits.BAD));
      RedisNode redis = RedisNode.forgetful(resources);
      Shop shop = Shop.of(database, Client.JEDIS, redis.port(), bank);
      Fleet fleet = resources.add(new Fleet(shop, size.sellers()));
      FleetSales sales = resources.add(sales(fleet, shop, bank, size));
      long seed = ThreadLocalRandom.current().nextLong();
      score.note("seed of its faults", seed);
      sales.start();
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(size.millis());
      FleetFaults faults =
          new FleetFaults(
              plan.faults(), fleet, redis, database, seed, size.longestFaultMillis(), score);
      while (System.nanoTime() - end < 0
          || score.faults() < size.faults()
          || faults.isInTheMiddle()) {
        one(faults, size);
      }
      sales.end(size.overtimeMillis());
      while (!sales.isOver() && size.overtimeMillis() > 0) {
        one(faults, size);
      }
      sales.await();
      fleet.kill();
      judge(sales, database, redis);
    }
    return score.done();
  }

  private FleetSales sales(Fleet fleet, Shop shop, BankServer bank, Size size) {
    FleetBuyers buyers = plan.buyers().apply(size.longestPayMillis());
    return new FleetSales(fleet, shop, bank.bank(), size.stock(), buyers);
  }

  private void one(FleetFaults faults, Size size) {
    Wait.load(50 + Stage.someMillis(size.longestFaultMillis() * 3L / 2));
    progress.say("fleet: " + faults.one() + ", " + score.faults() + " faults");
  }

  private void judge(FleetSales sales, PostgresNode database, RedisNode redis) {
    progress.say("fleet: the resolver runs");
    sales.resolve();
    SqlAudit.Result result = sales.audit(database, redis);
    sales.sales().forEach(sale -> score.add(sale, Verdict.CLEAN));
    score.found(result.verdict());
    result.findings().forEach(score::problem);
    score.note("deals sold out", result.soldOut() + " of " + sales.sales().size());
    score.note("refused as sold out, by deals without a limit", sales.refusedAsSoldOut());
    score.note("rows", result.rows());
    score.note("payments of held orders", result.payments());
    score.note("events heard", result.events());
    if (result.soldOut() == 0) {
      score.problem("no deal of the fleet was sold out");
    }
    progress.say("fleet: " + result.verdict().brief());
  }

  /**
   * A run with defects in the processes, the counter and the deals, each of which the audit must
   * find.
   */
  Verdict red() throws Exception {
    try (Resources resources = new Resources()) {
      RedisNode redis = RedisNode.forgetful(resources);
      Shop shop =
          Shop.of(stage.postgres(), Client.JEDIS, redis.port(), stage.bank()).with(plan.defects());
      Fleet fleet = resources.add(new Fleet(shop, 2));
      FleetSales sales = resources.add(sales(fleet, shop, stage.bank(), Size.SHORT));
      sales.start();
      Wait.until("enough was ordered", () -> sales.orders() > RED_ORDERS);
      sales.end(0);
      sales.await();
      fleet.kill();
      sales.resolve();
      restoreLimits(sales);
      return sales.audit(stage.postgres(), redis).verdict();
    }
  }

  /** Writes the limits, which were hidden from the stores, into the log for the audit. */
  private static void restoreLimits(FleetSales sales) throws SQLException {
    try (Connection connection = sales.outlet().pool().getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE HOTDEAL_LIST SET BUYER_LIMIT = ? WHERE PROD_ID = ?")) {
      for (Sale sale : sales.sales()) {
        update.setLong(1, sale.deal().limitPerBuyer());
        update.setString(2, sale.deal().id());
        update.executeUpdate();
      }
    }
  }
}
