package io.hotdeal.oracle.internal.store;

import io.hotdeal.Order;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The statements on the tables of a store that are of several deals, each within a transaction of
 * the caller. Rows are locked in the order of {@link DealTables}: orders, then buyers, then deals,
 * each by deal and id.
 */
final class CombinedTables {

  private final SharedSql sql;
  private final DealCache deals;
  private final DealChanges changes;

  CombinedTables(SharedSql sql, DealCache deals, DealChanges changes) {
    this.sql = sql;
    this.deals = deals;
    this.changes = changes;
  }

  /** Adds the units of these orders to their buyers', where the deal has a limit. */
  <R> AddedToBuyers addToBuyers(Connection connection, List<AllocateTogether.Part<R>> parts)
      throws SQLException {
    List<AddedToBuyers.Added> all = byBuyer(parts);
    List<@Nullable Object[]> rows = new ArrayList<>(all.size());
    for (AddedToBuyers.Added it : all) {
      rows.add(new Object[] {it.dealId(), it.buyerId(), it.units(), it.dealId(), it.buyerId()});
    }
    boolean[] firsts = Jdbc.batchHits(connection, sql.insertBuyerIfAbsent, rows);
    return addToKnown(connection, all, firsts);
  }

  private AddedToBuyers addToKnown(
      Connection connection, List<AddedToBuyers.Added> all, boolean[] firsts) throws SQLException {
    AddedToBuyers result = AddedToBuyers.none();
    List<AddedToBuyers.Added> known = new ArrayList<>();
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int i = 0; i < firsts.length; i++) {
      AddedToBuyers.Added it = all.get(i);
      if (firsts[i]) {
        result.added().add(it);
      } else {
        known.add(it);
        rows.add(new Object[] {it.units(), it.dealId(), it.buyerId(), it.units(), it.limit()});
      }
    }
    boolean[] within = Jdbc.batchHits(connection, sql.addToBuyer, rows);
    for (int i = 0; i < within.length; i++) {
      if (within[i]) {
        result.added().add(known.get(i));
      } else {
        result.beyondLimit().add(known.get(i).dealId());
      }
    }
    return result;
  }

  private static <R> List<AddedToBuyers.Added> byBuyer(List<AllocateTogether.Part<R>> parts) {
    List<AddedToBuyers.Added> all = new ArrayList<>();
    for (AllocateTogether.Part<R> part : parts) {
      if (part.deal().hasLimit()) {
        Map<String, Long> units = new TreeMap<>();
        part.plan()
            .takes()
            .forEach(order -> units.merge(order.buyerId(), order.quantity(), Long::sum));
        units.forEach(
            (buyer, more) ->
                all.add(
                    new AddedToBuyers.Added(
                        part.dealId(), buyer, more, part.deal().limitPerBuyer())));
      }
    }
    return all;
  }

  /** Locks those of the deals that no other transaction has locked, by id. */
  Map<String, LockedDeal> lock(Connection connection, List<String> dealIds) throws SQLException {
    Map<String, LockedDeal> locked = new HashMap<>();
    IdLists.query(connection, sql.lockFreeDeals, LockedDeal::read, dealIds)
        .forEach(it -> locked.put(it.row().id(), it));
    locked.values().forEach(it -> deals.put(it.row().id(), Optional.of(it.row())));
    return locked;
  }

  /** Removes rows that this transaction has inserted, and takes back what it added to buyers. */
  void remove(Connection connection, List<Order> orders, List<AddedToBuyers.Added> added)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>(orders.size());
    for (Order order : orders) {
      rows.add(new Object[] {order.dealId(), order.id()});
    }
    Jdbc.batch(connection, sql.deleteOrder, rows);
    List<@Nullable Object[]> units = new ArrayList<>(added.size());
    for (AddedToBuyers.Added it : added) {
      units.add(new Object[] {it.units(), it.dealId(), it.buyerId()});
    }
    Jdbc.batch(connection, sql.takeFromBuyer, units);
  }

  /**
   * Takes the units of these orders, whose deals are locked and have so many; writes their events.
   *
   * @return the answers by deal id
   */
  <R> Map<String, List<R>> take(
      Connection connection, List<AllocateTogether.Part<R>> parts, Map<String, LockedDeal> locked)
      throws SQLException {
    List<DealChanges.Taken> taken = new ArrayList<>(parts.size());
    Map<String, List<R>> answers = new HashMap<>();
    for (AllocateTogether.Part<R> part : parts) {
      LockedDeal deal = locked.get(part.dealId());
      if (deal == null) {
        throw new IllegalStateException("deal " + part.dealId() + " is not locked");
      }
      DealChanges.Taken it =
          new DealChanges.Taken(deal, part.plan().unitsTaken(), part.plan().events());
      taken.add(it);
      answers.put(part.dealId(), part.plan().answers(it.left()));
      deals.put(part.dealId(), Optional.of(deal.row().withLeft(it.left())));
    }
    taken.sort(Comparator.comparing(it -> it.deal().row().id()));
    changes.take(connection, sql, taken);
    return answers;
  }
}
