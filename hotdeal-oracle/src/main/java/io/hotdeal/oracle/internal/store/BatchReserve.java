package io.hotdeal.oracle.internal.store;

import io.hotdeal.Order;
import io.hotdeal.ReserveResult;
import io.hotdeal.oracle.internal.jdbc.TransactionRunner;
import io.hotdeal.spi.OrderState;
import java.util.List;

/**
 * A strategy that reserves a batch in one transaction, with one conditional update for one deal, or
 * an update of several deals that it has locked.
 */
public final class BatchReserve implements ReserveStrategy {

  private final JdbcStore store;

  public BatchReserve(JdbcStore store) {
    this.store = store;
  }

  @Override
  public List<ReserveResult> reserve(List<Order> orders, OrderState as) {
    return new DealsTogether<ReserveResult>(
            store,
            (transactions, byDeal) ->
                transactions.write(
                    new AllocateTogether<>(
                        store.tables(), byDeal, RowRule.orders(as), ReserveResults.INSTANCE)),
            (transactions, some) -> alone(transactions, some, as))
        .run(orders);
  }

  @Override
  public boolean combinesDeals() {
    return true;
  }

  private List<ReserveResult> alone(
      TransactionRunner transactions, List<Order> orders, OrderState as) {
    return BatchSplitter.run(
        orders,
        some -> transactions.write(allocate(some, as)),
        (order, refused) -> new ReserveResult.Rejected(refused.asNothingHappened()));
  }

  private AllocateBatch<ReserveResult> allocate(List<Order> orders, OrderState as) {
    return new AllocateBatch<>(store.tables(), orders, RowRule.orders(as), ReserveResults.INSTANCE);
  }
}
