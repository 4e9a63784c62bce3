package io.hotdeal.jmh.strategy;

import io.hotdeal.jmh.strategy.StrategyFactory.Promise;
import io.hotdeal.oracle.RowLockOrderLog;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Sales in the database without hotdeal: what shops do, each with N pooled connections, and what
 * could be done.
 *
 * <p>The listed numbers were the best ones for 150 callers on two cores that PostgreSQL shared with
 * the callers; the best number depends on the hardware.
 */
final class JdbcBaselines {

  /** PostgreSQL's default limit is 100; the embedded one has a greater limit. */
  static final int MOST_CONNECTIONS = 200;

  static final Set<Promise> SAFE = Set.of(Promise.DURABLE, Promise.KEYED, Promise.NEVER_OVERSELLS);

  private JdbcBaselines() {}

  static List<StrategyFamily> families() {
    return List.of(
        StrategyFamily.only(
            factory(
                "legacy",
                "a new connection per order, FOR UPDATE, update, insert, commit; no payment",
                stores -> new SelectForUpdate(stores.unpooled()))),
        StrategyFamily.only(
            factory(
                "row-lock",
                "FOR UPDATE with all of hotdeal's checks, a connection per caller up to "
                    + MOST_CONNECTIONS,
                stores -> rowLock(poolOfCallers(stores)))),
        StrategyFamily.only(
            factory(
                "conditional-update",
                "insert, one conditional update, commit, a connection per caller up to "
                    + MOST_CONNECTIONS,
                stores -> new ConditionalUpdate(poolOfCallers(stores)))),
        StrategyFamily.only(
            new SimpleStrategyFactory(
                "hand-written",
                "the batches, statements and commits of hotdeal's log, by one loop without any promise",
                Set.of(Promise.values()),
                stores -> HandWritten.start(stores.pool(1), 1))),
        new StrategyFamily("hand-written-N", 2, JdbcBaselines::handWritten),
        pooled(
            "row-lock-",
            8,
            "FOR UPDATE with all of hotdeal's checks",
            SAFE,
            JdbcBaselines::rowLock),
        pooled(
            "conditional-update-",
            3,
            "insert, one conditional update, commit",
            SAFE,
            ConditionalUpdate::new),
        pooled(
            "insert-only-",
            64,
            "insert, commit, no stock at all",
            Set.of(Promise.DURABLE, Promise.KEYED),
            InsertOnly::new));
  }

  /** A pool of a connection per caller. */
  static DataSource poolOfCallers(Stores stores) {
    return stores.pool(Math.min(stores.callers(), MOST_CONNECTIONS));
  }

  /** The row lock that hotdeal ships for comparison. */
  private static Strategy rowLock(DataSource dataSource) {
    return new DirectLogStrategy(RowLockOrderLog.selectForUpdate(dataSource, order -> {}));
  }

  static StrategyFamily pooled(
      String prefix,
      int listed,
      String describe,
      Set<Promise> promises,
      Function<DataSource, Strategy> maker) {
    return new StrategyFamily(
        prefix + "N",
        listed,
        connections ->
            new SimpleStrategyFactory(
                prefix + connections,
                describe + ", " + connections + " connections",
                promises,
                stores -> maker.apply(stores.pool(connections))));
  }

  private static StrategyFactory handWritten(int loops) {
    return new SimpleStrategyFactory(
        "hand-written-" + loops,
        "the same by " + loops + " loops, with a connection each",
        Set.of(Promise.values()),
        stores -> HandWritten.start(stores.pool(loops), loops));
  }

  private static StrategyFactory factory(
      String name, String describe, Function<Stores, Strategy> maker) {
    return new SimpleStrategyFactory(name, describe, SAFE, maker);
  }
}
