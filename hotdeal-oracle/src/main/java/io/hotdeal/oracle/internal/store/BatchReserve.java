package io.hotdeal.oracle.internal.store;

import io.hotdeal.Order;
import io.hotdeal.ReserveResult;
import io.hotdeal.oracle.internal.jdbc.TransactionRunner;
import io.hotdeal.spi.OrderState;
import java.util.List;

/** A strategy that reserves a batch in one transaction, with one conditional update. */
public final class BatchReserve implements ReserveStrategy {

  private final JdbcStore store;

  public BatchReserve(JdbcStore store) {
    this.store = store;
  }

  @Override
  public List<ReserveResult> reserve(List<Order> orders, OrderState as) {
    TransactionRunner transactions = store.transactionsFor(orders);
    return BatchSplitter.run(
        orders,
        some -> transactions.write(allocate(some, as)),
        (order, refused) -> new ReserveResult.Rejected(refused.asNothingHappened()));
  }

  private AllocateBatch<ReserveResult> allocate(List<Order> orders, OrderState as) {
    return new AllocateBatch<>(store.tables(), orders, RowRule.orders(as), ReserveResults.INSTANCE);
  }
}
