package io.hotdeal.faults;

import io.hotdeal.testkit.Resources;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** What every scenario plays on: the bank, a durable database and Redis, started when wanted. */
final class Stage implements AutoCloseable {

  private static final AtomicInteger DEALS = new AtomicInteger();

  private final Resources resources = new Resources();
  private final BankServer bank = resources.add(new BankServer(BankServer.Habits.GOOD));
  private PostgresNode postgres;
  private DatabaseNode h2;

  Resources resources() {
    return resources;
  }

  BankServer bank() {
    return bank;
  }

  synchronized PostgresNode postgres() throws Exception {
    if (postgres == null) {
      postgres = withTables(PostgresNode.start(resources));
    }
    return postgres;
  }

  synchronized DatabaseNode h2() throws Exception {
    if (h2 == null) {
      h2 = withTables(H2Node.start(resources, H2Node.DURABLE));
    }
    return h2;
  }

  <T extends DatabaseNode> T withTables(T database) throws Exception {
    database.schema().applyTo(database.dataSource());
    return database;
  }

  /** A name that no deal had before. */
  static String dealId(String kind) {
    return kind + "-" + DEALS.incrementAndGet();
  }

  /** Some stock, of which a crowd buys all or only part. */
  static long someStock() {
    return ThreadLocalRandom.current().nextLong(200, 4_000);
  }

  static long someMillis(long most) {
    return ThreadLocalRandom.current().nextLong(most);
  }

  @Override
  public void close() {
    resources.close();
  }
}
