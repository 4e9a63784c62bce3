package io.hotdeal.oracle.internal.store;

import io.hotdeal.Order;
import io.hotdeal.oracle.internal.jdbc.ConnectionSource;
import io.hotdeal.oracle.internal.jdbc.DatabaseClock;
import io.hotdeal.oracle.internal.jdbc.StoreClock;
import io.hotdeal.oracle.internal.jdbc.TransactionRunner;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data source, clock and tables of one store; creates its transactions. Thread-safe. */
public final class JdbcStore {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);

  /** What differs between the stores of the two ports. */
  private record Port(String name, SharedSql sql) {

    static final Port ORDER_LOG = new Port("order log", SharedSql.LOG);
    static final Port STOCK_COUNTER = new Port("stock counter", SharedSql.COUNTER);
  }

  private final Port port;
  private final DataSource dataSource;
  private final StoreClock clock;
  private final Supplier<String> missingTableHelp;
  private final SaleHook saleHook;
  private final ConnectionSource connections;
  private final DealTables tables;

  private JdbcStore(
      Port port,
      DataSource dataSource,
      StoreClock clock,
      Supplier<String> missingTableHelp,
      SaleHook saleHook) {
    this.port = port;
    this.dataSource = dataSource;
    this.clock = clock;
    this.missingTableHelp = missingTableHelp;
    this.saleHook = saleHook;
    this.connections =
        new ConnectionSource(
            new ConnectionSource.Warnings(port.name, LOG::warn),
            dataSource,
            clock,
            missingTableHelp);
    this.tables = new DealTables(port.sql, clock, saleHook);
  }

  /**
   * The store of an order log, on the database's clock.
   *
   * @param missingTableHelp how to create a missing table, for error messages
   */
  public static JdbcStore orderLog(DataSource dataSource, Supplier<String> missingTableHelp) {
    return new JdbcStore(
        Port.ORDER_LOG,
        dataSource,
        databaseClock(Port.ORDER_LOG, InstantSource.system(), System::nanoTime),
        missingTableHelp,
        SaleHook.NONE);
  }

  /** The same for a stock counter. */
  public static JdbcStore stockCounter(DataSource dataSource, Supplier<String> missingTableHelp) {
    return new JdbcStore(
        Port.STOCK_COUNTER,
        dataSource,
        databaseClock(Port.STOCK_COUNTER, InstantSource.system(), System::nanoTime),
        missingTableHelp,
        SaleHook.NONE);
  }

  private static StoreClock databaseClock(Port port, InstantSource process, LongSupplier ticker) {
    return new DatabaseClock(port.name, process, ticker, LOG::warn);
  }

  private JdbcStore with(StoreClock other) {
    return new JdbcStore(port, dataSource, other, missingTableHelp, saleHook);
  }

  /** The same store, whose transactions that sell orders write this too. */
  public JdbcStore withSaleHook(SaleHook hook) {
    return new JdbcStore(port, dataSource, clock, missingTableHelp, hook);
  }

  /** The same store on this clock, without reading the database's. */
  public JdbcStore withClock(InstantSource source) {
    return with(StoreClock.given(source));
  }

  /** The same store on the database's clock, estimated from the given clock of the process. */
  public JdbcStore withProcessClock(InstantSource process) {
    return withProcessClock(process, System::nanoTime);
  }

  /**
   * The same with the process's monotonic clock, too.
   *
   * @param ticker in nanoseconds
   */
  public JdbcStore withProcessClock(InstantSource process, LongSupplier ticker) {
    return with(databaseClock(port, process, ticker));
  }

  DealTables tables() {
    return tables;
  }

  /** A runner for the transactions of one call. */
  TransactionRunner transactions() {
    return new TransactionRunner(connections);
  }

  /** The same, with the database's clock read first, unless the last reading is at most 1 s old. */
  TransactionRunner transactionsOnTime() {
    clock.expire();
    return transactions();
  }

  /**
   * A runner for the transactions of a call that writes these orders: the deadlines of holds are
   * set by a clock that was read at most 1 s ago.
   */
  TransactionRunner transactionsFor(List<Order> orders) {
    return orders.stream().anyMatch(Order::isHold) ? transactionsOnTime() : transactions();
  }

  @Override
  public String toString() {
    return clock.toString();
  }
}
