package io.hotdeal.memory;

import io.hotdeal.ClaimResult;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.Refusal;
import io.hotdeal.spi.Stock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One deal of the in-memory counter: the remaining units, and the claims by order id. Guarded by
 * the counter's lock.
 */
final class CountedDeal {

  /** The claim of one id; {@code units} is 0 if the id was settled without a claim. */
  private record Claim(Order order, long units, boolean settled, Instant deadline) {

    Claim asSettled() {
      return new Claim(order, units, true, Instant.MAX);
    }

    Claim overdueFrom(Instant later) {
      return later.isAfter(deadline) ? new Claim(order, units, settled, later) : this;
    }
  }

  final Deal deal;
  private final Map<String, Claim> claims = new LinkedHashMap<>();
  private final BuyerUnits buyers;
  private final InstantSource clock;
  private long remaining;
  private long version;
  private boolean closed;

  CountedDeal(Deal deal, long remaining, InstantSource clock) {
    this.deal = deal;
    this.buyers = new BuyerUnits(deal);
    this.clock = clock;
    this.remaining = remaining;
    touch();
  }

  /**
   * Increases the version, to the clock's microseconds: a new counter must not repeat a version of
   * a lost one.
   */
  private void touch() {
    Instant now = clock.instant();
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    version = Math.max(version + 1, micros);
  }

  ClaimResult claim(Order order) {
    Claim known = claims.get(order.id());
    if (known != null) {
      return known.order.sameContentAs(order) ? replayed(known, order) : new Refusal.Conflict();
    }
    Instant now = clock.instant();
    return switch (Window.of(deal, closed, now)) {
      case NOT_YET_OPEN -> new Refusal.NotYetOpen();
      case CLOSED -> new Refusal.Closed();
      case OPEN -> claimUnits(order, now);
    };
  }

  private ClaimResult replayed(Claim known, Order order) {
    if (order.isHold()) {
      claims.put(order.id(), known.overdueFrom(clock.instant().plus(order.payWithin())));
    }
    return new ClaimResult.Claimed(remaining, true);
  }

  private ClaimResult claimUnits(Order order, Instant now) {
    if (buyers.wouldPassLimit(order)) {
      return new Refusal.LimitReached(deal.limitPerBuyer());
    }
    if (order.quantity() > remaining) {
      return new Refusal.SoldOut(remaining);
    }
    remaining -= order.quantity();
    touch();
    buyers.take(order);
    Instant deadline = now.plus(order.isHold() ? order.payWithin() : deal.hold());
    claims.put(order.id(), new Claim(order, order.quantity(), false, deadline));
    return new ClaimResult.Claimed(remaining, false);
  }

  void settle(Order order) {
    Claim known = claims.get(order.id());
    if (known == null) {
      buyers.take(order);
    }
    claims.put(
        order.id(), known == null ? new Claim(order, 0, true, Instant.MAX) : known.asSettled());
  }

  void release(Order order) {
    Claim known = claims.get(order.id());
    if (known != null && !known.settled && known.order.sameContentAs(order)) {
      claims.remove(order.id());
      buyers.giveBack(order);
      remaining += order.quantity();
      touch();
    }
  }

  Stream<Order> heldUntil(Instant end) {
    return claims.values().stream()
        .filter(claim -> !claim.settled && claim.deadline.isBefore(end))
        .sorted(Comparator.comparing(Claim::deadline))
        .map(claim -> claim.order.asPossibleRetry());
  }

  boolean restore(long units, long ifVersion) {
    if (version != ifVersion) {
      return false;
    }
    remaining = units;
    touch();
    return true;
  }

  void close() {
    closed = true;
    touch();
  }

  boolean isClosed() {
    return closed;
  }

  Stock stock() {
    return new Stock(remaining, unitsOf(false), unitsOf(true), version, closed);
  }

  private long unitsOf(boolean settled) {
    return claims.values().stream()
        .filter(claim -> claim.settled == settled)
        .mapToLong(Claim::units)
        .sum();
  }
}
