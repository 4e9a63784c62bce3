package io.hotdeal.memory;

import io.hotdeal.Deal;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.Refusal;
import io.hotdeal.ReserveResult;
import io.hotdeal.Units;
import io.hotdeal.spi.HoldExtension;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Tally;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
          ? new ReserveResult.Already(row.state(), row.until(), left)
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
    takeUnits(order);
    if (order.isHold()) {
      Instant until = earlier(now.plus(order.payWithin()), now.plus(deal.longestHold()));
      put(new OrderRecord(order.asPossibleRetry(), OrderState.HELD, now, until, null));
      return new ReserveResult.Held(until, left);
    }
    write(order, as, now);
    return new ReserveResult.Reserved(left);
  }

  private void takeUnits(Order order) {
    left -= order.quantity();
    buyers.take(order);
  }

  private void giveBackUnits(Order order) {
    left += order.quantity();
    buyers.giveBack(order);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
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
      giveBackUnits(order);
      return write(row.order(), OrderState.CANCELLED, row.recordedAt());
    }
    return row.state();
  }

  private OrderState write(Order order, OrderState state, Instant recordedAt) {
    return put(new OrderRecord(order.asPossibleRetry(), state, recordedAt));
  }

  private OrderState put(OrderRecord row) {
    rows.put(row.order().id(), row);
    return row.state();
  }

  // holds

  Optional<OrderSnapshot> confirmHeld(HoldPayment payment) {
    OrderRecord row = rows.get(payment.id());
    if (row == null) {
      return Optional.empty();
    }
    if (row.until() != null) {
      switch (row.state()) {
        case HELD -> put(decided(row, OrderState.PAID, payment.paymentId()));
        case EXPIRED -> sellExpired(row, payment.paymentId());
        case PAID -> {
          if (row.paymentId() == null) {
            put(decided(row, OrderState.PAID, payment.paymentId()));
          }
        }
        case CANCELLED, RESERVED, ABSENT -> {}
      }
    }
    return snapshot(row);
  }

  private void sellExpired(OrderRecord row, @Nullable String paymentId) {
    Order order = row.order();
    if (closed || buyers.wouldPassLimit(order) || order.quantity() > left) {
      put(decided(row, OrderState.CANCELLED, paymentId));
    } else {
      takeUnits(order);
      put(decided(row, OrderState.PAID, paymentId));
    }
  }

  Optional<OrderSnapshot> extend(HoldExtension extension, Instant now) {
    OrderRecord row = rows.get(extension.id());
    if (row == null) {
      return Optional.empty();
    }
    Instant deadline = row.until();
    if (row.state() == OrderState.HELD && deadline != null && deadline.isAfter(now)) {
      Instant latest = row.recordedAt().plus(deal.longestHold());
      Instant wanted = earlier(extension.until(), latest);
      Instant until = wanted.isAfter(deadline) ? wanted : deadline;
      put(new OrderRecord(row.order(), OrderState.HELD, row.recordedAt(), until, null));
    }
    return snapshot(row);
  }

  OrderState endHold(Order order, OrderState as, Instant now) {
    OrderRecord row = rows.get(order.id());
    if (row == null) {
      return OrderState.ABSENT;
    }
    boolean cancels = as == OrderState.CANCELLED;
    if (!row.order().sameContentAs(order) || !(cancels ? isHold(row) : row.isOverdueAt(now))) {
      return row.state();
    }
    if (row.state() == OrderState.HELD) {
      giveBackUnits(order);
    }
    return put(decided(row, as, row.paymentId()));
  }

  private static boolean isHold(OrderRecord row) {
    return row.state() == OrderState.HELD || row.state() == OrderState.EXPIRED;
  }

  private static OrderRecord decided(
      OrderRecord row, OrderState state, @Nullable String paymentId) {
    return new OrderRecord(row.order(), state, row.recordedAt(), row.until(), paymentId);
  }

  private Optional<OrderSnapshot> snapshot(OrderRecord before) {
    return Optional.ofNullable(rows.get(before.order().id()))
        .map(row -> new OrderSnapshot(row, before.state(), left));
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
    rows.values()
        .removeIf(row -> row.state() == OrderState.CANCELLED || row.state() == OrderState.EXPIRED);
    return tally.cancelled().orders() + tally.expired().orders();
  }

  Tally tally() {
    return new Tally(
        deal,
        quantity,
        left,
        count(OrderState.RESERVED),
        count(OrderState.PAID),
        count(OrderState.CANCELLED),
        count(OrderState.HELD),
        count(OrderState.EXPIRED),
        closed);
  }

  private Tally.Count count(OrderState state) {
    return rows.values().stream()
        .filter(row -> row.state() == state)
        .map(row -> new Tally.Count(1, row.order().quantity()))
        .reduce(Tally.Count.NONE, Tally.Count::plus);
  }
}
