package io.hotdeal.faults;

import io.hotdeal.testkit.Resources;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** What the scenarios share: the bank and the durable databases, which are started when needed. */
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

  /** A deal id that was not used before. */
  static String dealId(String kind) {
    return kind + "-" + DEALS.incrementAndGet();
  }

  /** A random stock, of which the buyers buy all or only a part. */
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
