package io.hotdeal.memory;

import io.hotdeal.Deal;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.Refusal;
import io.hotdeal.ReserveResult;
import io.hotdeal.Units;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Tally;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** One deal of the in-memory log: its totals and its rows. Guarded by the log's lock. */
final class LoggedDeal {

  final Deal deal;
  final Map<String, OrderRecord> rows = new LinkedHashMap<>();
  boolean closed;
  private final BuyerUnits buyers;
  private final Map<String, Long> restocks = new HashMap<>();
  private long quantity;
  private long left;

  LoggedDeal(Deal deal) {
    this.deal = deal;
    this.buyers = new BuyerUnits(deal);
    this.quantity = deal.quantity();
    this.left = deal.quantity();
  }

  ReserveResult reserve(Order order, OrderState as, Instant now) {
    OrderRecord row = rows.get(order.id());
    if (row != null) {
      return row.order().sameContentAs(order)
          ? new ReserveResult.Already(row.state(), left)
          : new Refusal.Conflict();
    }
    return switch (Window.of(deal, closed, now)) {
      case NOT_YET_OPEN -> new Refusal.NotYetOpen();
      case CLOSED -> new Refusal.Closed();
      case OPEN -> reserveUnits(order, as, now);
    };
  }

  private ReserveResult reserveUnits(Order order, OrderState as, Instant now) {
    if (buyers.wouldPassLimit(order)) {
      return new Refusal.LimitReached(deal.limitPerBuyer());
    }
    if (order.quantity() > left) {
      return new Refusal.SoldOut(left);
    }
    left -= order.quantity();
    buyers.take(order);
    write(order, as, now);
    return new ReserveResult.Reserved(left);
  }

  OrderState confirm(Order order) {
    OrderRecord row = rows.get(order.id());
    if (row == null) {
      return OrderState.ABSENT;
    }
    if (row.state() == OrderState.RESERVED && row.order().sameContentAs(order)) {
      return write(row.order(), OrderState.PAID, row.recordedAt());
    }
    return row.state();
  }

  OrderState cancel(Order order, Instant now) {
    OrderRecord row = rows.get(order.id());
    if (row == null) {
      return write(order, OrderState.CANCELLED, now);
    }
    if (row.state() == OrderState.RESERVED && row.order().sameContentAs(order)) {
      left += order.quantity();
      buyers.giveBack(order);
      return write(row.order(), OrderState.CANCELLED, row.recordedAt());
    }
    return row.state();
  }

  private OrderState write(Order order, OrderState state, Instant recordedAt) {
    rows.put(order.id(), new OrderRecord(order.asPossibleRetry(), state, recordedAt));
    return state;
  }

  void restock(long units, String operationId) {
    Long done = restocks.get(operationId);
    if (done != null && done != units) {
      throw new NothingHappenedException(
          "restock "
              + operationId
              + " of deal "
              + deal.id()
              + " was by "
              + done
              + ", not "
              + units);
    }
    if (done == null) {
      requireWithinLimits(units);
      restocks.put(operationId, units);
      quantity += units;
      left += units;
    }
  }

  private void requireWithinLimits(long units) {
    if (left + units < 0) {
      throw new NothingHappenedException(
          "restock of deal " + deal.id() + " by " + units + " units: only " + left + " are left");
    }
    if (units > Units.MAX - quantity) {
      throw new NothingHappenedException(
          "restock of deal " + deal.id() + " by " + units + " units would pass " + Units.MAX);
    }
  }

  long purge() {
    Tally tally = tally();
    tally.requirePurgeable();
    rows.values().removeIf(row -> row.state() == OrderState.CANCELLED);
    return tally.cancelled().orders();
  }

  Tally tally() {
    return new Tally(
        deal,
        quantity,
        left,
        count(OrderState.RESERVED),
        count(OrderState.PAID),
        count(OrderState.CANCELLED),
        closed);
  }

  private Tally.Count count(OrderState state) {
    return rows.values().stream()
        .filter(row -> row.state() == state)
        .map(row -> new Tally.Count(1, row.order().quantity()))
        .reduce(Tally.Count.NONE, Tally.Count::plus);
  }
}
