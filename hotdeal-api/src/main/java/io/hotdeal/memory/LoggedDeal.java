package io.hotdeal.memory;

import io.hotdeal.Deal;
import io.hotdeal.DealChange;
import io.hotdeal.DealEvent;
import io.hotdeal.DealState;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.Refusal;
import io.hotdeal.ReserveResult;
import io.hotdeal.Units;
import io.hotdeal.spi.DealBalance;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.HoldExtension;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderReturn;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Tally;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One deal of the in-memory log: its totals and its rows. Guarded by the log's lock. */
final class LoggedDeal {

  final Map<String, OrderRecord> rows = new LinkedHashMap<>();
  final LoggedEvents events;
  private DealTerms terms;
  private final BuyerUnits buyers = new BuyerUnits();
  private final Map<String, Long> restocks = new HashMap<>();
  private long quantity;
  private long left;
  private long writtenOff;
  private boolean soldOut;
  private boolean purged;

  LoggedDeal(Deal deal, InstantSource clock) {
    this.terms = DealTerms.opened(deal);
    this.events = new LoggedEvents(deal, clock);
    this.quantity = deal.quantity();
    this.left = deal.quantity();
  }

  DealTerms terms() {
    return terms;
  }

  private Deal deal() {
    return terms.deal();
  }

  String id() {
    return deal().id();
  }

  /** Whether an order needs, or soon may need, a sweep. */
  boolean isUnfinished(Instant now) {
    return rows.values().stream()
        .anyMatch(
            row ->
                row.state() == OrderState.RESERVED
                    || row.state() == OrderState.RETURNING
                    || row.isOverdueAt(now));
  }

  ReserveResult reserve(Order order, OrderState as, Instant now) {
    OrderRecord row = rows.get(order.id());
    if (row != null) {
      return row.order().sameContentAs(order)
          ? new ReserveResult.Already(row.state(), row.until(), left)
          : new Refusal.Conflict();
    }
    return switch (Window.of(terms, now)) {
      case NOT_YET_OPEN -> new Refusal.NotYetOpen();
      case PAUSED -> new Refusal.Paused();
      case CLOSED -> new Refusal.Closed();
      case OPEN -> reserveUnits(order, as, now);
    };
  }

  private ReserveResult reserveUnits(Order order, OrderState as, Instant now) {
    if (buyers.wouldPassLimit(deal(), order)) {
      return new Refusal.LimitReached(deal().limitPerBuyer());
    }
    if (order.quantity() > left) {
      return new Refusal.SoldOut(left);
    }
    if (order.isHold()) {
      Instant until = earlier(now.plus(order.payWithin()), now.plus(deal().longestHold()));
      put(new OrderRecord(order.asPossibleRetry(), OrderState.HELD, now, until, null));
      takeUnits(order);
      return new ReserveResult.Held(until, left);
    }
    write(order, as, now);
    takeUnits(order);
    return new ReserveResult.Reserved(left);
  }

  private void takeUnits(Order order) {
    left -= order.quantity();
    buyers.take(order);
  }

  private void giveBackUnits(Order order) {
    buyers.giveBack(order);
    left += order.quantity();
  }

  /** At the end of each call, so that this event comes after those of the call's orders. */
  void tellWhetherSoldOut() {
    if (soldOut != (left == 0)) {
      soldOut = left == 0;
      events.add(soldOut ? DealEvent.Kind.SOLD_OUT : DealEvent.Kind.REOPENED, null, null);
    }
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
      OrderState cancelled = write(row.order(), OrderState.CANCELLED, row.recordedAt());
      giveBackUnits(order);
      return cancelled;
    }
    return row.state();
  }

  private OrderState write(Order order, OrderState state, Instant recordedAt) {
    return put(new OrderRecord(order.asPossibleRetry(), state, recordedAt));
  }

  private OrderState put(OrderRecord row) {
    OrderRecord replaced = rows.put(row.order().id(), row);
    OrderState before = replaced == null ? OrderState.ABSENT : replaced.state();
    if (before != row.state()) {
      events.addFor(row, before);
    }
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
        case CANCELLED, RESERVED, ABSENT, RETURNING, RETURNED -> {}
      }
    }
    return snapshot(row);
  }

  private void sellExpired(OrderRecord row, @Nullable String paymentId) {
    Order order = row.order();
    if (terms.closed() || buyers.wouldPassLimit(deal(), order) || order.quantity() > left) {
      put(decided(row, OrderState.CANCELLED, paymentId));
    } else {
      put(decided(row, OrderState.PAID, paymentId));
      takeUnits(order);
    }
  }

  Optional<OrderSnapshot> extend(HoldExtension extension, Instant now) {
    OrderRecord row = rows.get(extension.id());
    if (row == null) {
      return Optional.empty();
    }
    Instant deadline = row.until();
    if (row.state() == OrderState.HELD && deadline != null && deadline.isAfter(now)) {
      Instant latest = row.recordedAt().plus(deal().longestHold());
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
    put(decided(row, as, row.paymentId()));
    if (row.state() == OrderState.HELD) {
      giveBackUnits(order);
    }
    return as;
  }

  private static boolean isHold(OrderRecord row) {
    return row.state() == OrderState.HELD || row.state() == OrderState.EXPIRED;
  }

  private static OrderRecord decided(
      OrderRecord row, OrderState state, @Nullable String paymentId) {
    return new OrderRecord(row.order(), state, row.recordedAt(), row.until(), paymentId);
  }

  // returns

  Optional<OrderSnapshot> giveBack(OrderReturn sale) {
    OrderRecord row = rows.get(sale.id());
    if (row == null) {
      return Optional.empty();
    }
    if (row.state() == OrderState.PAID) {
      OrderState as = sale.refundDue() ? OrderState.RETURNING : OrderState.RETURNED;
      put(decided(row, as, row.paymentId()));
      buyers.giveBack(row.order());
      if (sale.toStock()) {
        left += row.order().quantity();
      } else {
        writtenOff += row.order().quantity();
      }
    }
    return snapshot(row);
  }

  OrderState finishReturn(Order order) {
    OrderRecord row = rows.get(order.id());
    if (row == null) {
      return OrderState.ABSENT;
    }
    return row.state() == OrderState.RETURNING && row.order().sameContentAs(order)
        ? put(decided(row, OrderState.RETURNED, row.paymentId()))
        : row.state();
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
              + deal().id()
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
      tellWhetherSoldOut();
    }
  }

  // terms

  DealTerms change(DealChange change) {
    DealState state = change.state().orElse(terms.state());
    if (purged && state != DealState.CLOSED) {
      throw new NothingHappenedException(
          "deal " + deal().id() + " was purged, so it cannot be " + state + " again");
    }
    DealTerms changed = new DealTerms(change.applyTo(deal()), state, terms.version());
    if (!changed.equals(terms)) {
      terms = new DealTerms(changed.deal(), state, terms.version() + 1);
    }
    return terms;
  }

  private void requireWithinLimits(long units) {
    if (left + units < 0) {
      throw new NothingHappenedException(
          "restock of deal " + deal().id() + " by " + units + " units: only " + left + " are left");
    }
    if (units > Units.MAX - quantity) {
      throw new NothingHappenedException(
          "restock of deal " + deal().id() + " by " + units + " units would pass " + Units.MAX);
    }
  }

  long purge() {
    Tally tally = tally();
    tally.requirePurgeable();
    events.purge();
    purged = true;
    rows.values()
        .removeIf(row -> row.state() == OrderState.CANCELLED || row.state() == OrderState.EXPIRED);
    return tally.cancelled().orders() + tally.expired().orders();
  }

  DealBalance balance() {
    return new DealBalance(terms, left);
  }

  Tally tally() {
    Map<OrderState, Tally.Count> counts = new EnumMap<>(OrderState.class);
    for (OrderRecord row : rows.values()) {
      counts.merge(row.state(), new Tally.Count(1, row.order().quantity()), Tally.Count::plus);
    }
    return new Tally(terms, quantity, left, writtenOff, counts);
  }
}
