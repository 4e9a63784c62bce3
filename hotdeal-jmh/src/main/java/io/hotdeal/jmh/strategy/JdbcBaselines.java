package io.hotdeal.jmh.strategy;

import io.hotdeal.Order;
import io.hotdeal.jmh.strategy.StrategyFactory.Promise;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What shops do in the database without hotdeal, from what they have to the best they could do.
 *
 * <p>Listed with the pools that were best for 150 callers on two cores that PostgreSQL shared with
 * them; that changes with the hardware, so the numbers are free.
 */
final class JdbcBaselines {

  /** As many as PostgreSQL takes where its limit was raised for it; its default is 100. */
  private static final int MOST_CONNECTIONS = 200;

  private static final Set<Promise> SAFE =
      Set.of(Promise.DURABLE, Promise.KEYED, Promise.NEVER_OVERSELLS);

  private JdbcBaselines() {}

  static List<Family> families() {
    return List.of(
        Family.only(legacy("legacy", "nothing to pay", order -> {})),
        Family.of("legacy-pay-N", JdbcBaselines::legacyThatPays),
        Family.only(rowLock()),
        Family.of("row-lock-N", JdbcBaselines::rowLock, 8),
        Family.of("plain-row-lock-N", JdbcBaselines::plainRowLock, 4),
        Family.of("conditional-update-N", JdbcBaselines::conditionalUpdate, 3),
        Family.of("statement-per-order-N", JdbcBaselines::statementPerOrder, 3),
        new Family("striped-N-M", List.of(new int[] {64, 32}), JdbcBaselines::striped),
        Family.of("insert-only-N", JdbcBaselines::insertOnly, 64));
  }

  private static StrategyFactory legacy(String name, String pays, Consumer<Order> payment) {
    return factory(
        name,
        "a new connection per order, FOR UPDATE, update, insert, commit; " + pays,
        stores -> new SelectForUpdate(stores.unpooled(), payment));
  }

  private static StrategyFactory legacyThatPays(int millis) {
    return legacy(
        "legacy-pay-" + millis,
        "a payment of " + millis + " ms while the row is locked",
        order -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis)));
  }

  private static StrategyFactory rowLock() {
    return factory(
        "row-lock",
        "FOR UPDATE with all of hotdeal's checks, a connection for every caller up to "
            + MOST_CONNECTIONS,
        stores -> new RowLock(stores.pool(Math.min(stores.callers(), MOST_CONNECTIONS))));
  }

  private static StrategyFactory rowLock(int connections) {
    return factory(
        "row-lock-" + connections,
        "FOR UPDATE with all of hotdeal's checks, " + connections + " connections",
        stores -> new RowLock(stores.pool(connections)));
  }

  private static StrategyFactory plainRowLock(int connections) {
    return factory(
        "plain-row-lock-" + connections,
        "FOR UPDATE, update, insert, commit, " + connections + " connections",
        stores -> new SelectForUpdate(stores.pool(connections), order -> {}));
  }

  private static StrategyFactory conditionalUpdate(int connections) {
    return factory(
        "conditional-update-" + connections,
        "insert, one conditional update, commit, " + connections + " connections",
        stores -> new ConditionalUpdate(stores.pool(connections)));
  }

  private static StrategyFactory statementPerOrder(int connections) {
    return factory(
        "statement-per-order-" + connections,
        "update, insert and commit in one round trip (PostgreSQL only), "
            + connections
            + " connections",
        stores -> new StatementPerOrder(stores.pool(connections)));
  }

  private static StrategyFactory striped(String name, int... numbers) {
    return factory(
        name,
        "conditional update on one of "
            + numbers[0]
            + " rows that share the stock, "
            + numbers[1]
            + " connections",
        stores -> new Striped(stores.pool(numbers[1]), numbers[0]));
  }

  private static StrategyFactory insertOnly(int connections) {
    return new NamedFactory(
        "insert-only-" + connections,
        "insert, commit, no stock at all, " + connections + " connections",
        Set.of(Promise.DURABLE, Promise.KEYED),
        stores -> new InsertOnly(stores.pool(connections)));
  }

  private static StrategyFactory factory(
      String name, String describe, Function<Stores, Strategy> maker) {
    return new NamedFactory(name, describe, SAFE, maker);
  }
}
