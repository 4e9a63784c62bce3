package io.hotdeal.oracle.internal.store;

import io.hotdeal.Ids;
import io.hotdeal.oracle.internal.jdbc.ConstraintViolation;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.spi.Housekeeping;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The assignment of deals to processes in two tables: which housekeeper has a deal, and how long
 * the lease of a housekeeper lasts, by the database's clock. Only reads, unless a deal is free, or
 * an eighth of the lease has gone. Thread-safe.
 */
final class JdbcHousekeeping implements Housekeeping {

  /** How often another process may be faster, and take some of the deals. */
  private static final int MAX_COLLISIONS = 10;

  private final JdbcStore store;

  JdbcHousekeeping(JdbcStore store) {
    this.store = store;
  }

  @Override
  public List<Assignment> take(Housekeeper housekeeper, List<String> dealIds) {
    Ids.check("housekeeper", housekeeper.id());
    List<String> ids = checked(dealIds);
    if (ids.isEmpty()) {
      return List.of();
    }
    TakeDeals take = new TakeDeals(store.tables(), housekeeper, ids);
    return store.transactionsOnTime().read(take::read).orElseGet(() -> write(take));
  }

  private List<Assignment> write(TakeDeals take) {
    for (int collisions = 1; ; collisions++) {
      try {
        return store.transactions().writeKeyed(take::write);
      } catch (ConstraintViolation e) {
        if (!e.isDuplicate() || collisions == MAX_COLLISIONS) {
          throw e.asNothingHappened();
        }
      }
    }
  }

  @Override
  public void giveUp(String housekeeperId, List<String> dealIds) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    checked(dealIds).forEach(dealId -> rows.add(new Object[] {dealId, housekeeperId}));
    int[] unused =
        store
            .transactions()
            .writeAll(connection -> Jdbc.batch(connection, HousekeepingSql.GIVE_UP, rows));
  }

  @Override
  public void retire(String housekeeperId) {
    int unused =
        store
            .transactions()
            .writeAll(connection -> Jdbc.update(connection, HousekeepingSql.RETIRE, housekeeperId));
  }

  private static List<String> checked(List<String> dealIds) {
    dealIds.forEach(dealId -> Ids.check("deal id", dealId));
    return dealIds.stream().distinct().sorted().toList();
  }
}
