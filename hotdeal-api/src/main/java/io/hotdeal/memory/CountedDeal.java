package io.hotdeal.memory;

import io.hotdeal.ClaimResult;
import io.hotdeal.DealState;
import io.hotdeal.Order;
import io.hotdeal.Refusal;
import io.hotdeal.spi.DealTerms;
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

  private enum Status {
    HELD,
    SETTLED,
    RETURNED
  }

  /** The claim of one id; {@code units} is 0 if the id was settled without a claim. */
  private record Claim(Order order, long units, Status status, Instant deadline) {

    Claim as(Status decided) {
      return new Claim(order, units, decided, Instant.MAX);
    }

    boolean isHeld() {
      return status == Status.HELD;
    }

    Claim overdueFrom(Instant later) {
      return later.isAfter(deadline) ? new Claim(order, units, status, later) : this;
    }
  }

  private DealTerms terms;
  private final Map<String, Claim> claims = new LinkedHashMap<>();
  private final BuyerUnits buyers = new BuyerUnits();
  private final InstantSource clock;
  private long remaining;
  private long version;

  CountedDeal(DealTerms terms, long remaining, InstantSource clock) {
    this.terms = terms;
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
    return switch (Window.of(terms, now)) {
      case NOT_YET_OPEN -> new Refusal.NotYetOpen();
      case PAUSED -> new Refusal.Paused();
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
    if (buyers.wouldPassLimit(terms.deal(), order)) {
      return new Refusal.LimitReached(terms.deal().limitPerBuyer());
    }
    if (order.quantity() > remaining) {
      return new Refusal.SoldOut(remaining);
    }
    remaining -= order.quantity();
    touch();
    buyers.take(order);
    Instant deadline = now.plus(order.isHold() ? order.payWithin() : terms.deal().hold());
    claims.put(order.id(), new Claim(order, order.quantity(), Status.HELD, deadline));
    return new ClaimResult.Claimed(remaining, false);
  }

  void postpone(Order order) {
    Claim known = claims.get(order.id());
    if (known != null && known.isHeld() && known.order.sameContentAs(order) && order.isHold()) {
      claims.put(order.id(), known.overdueFrom(clock.instant().plus(order.payWithin())));
    }
  }

  void settle(Order order) {
    Claim known = claims.get(order.id());
    if (known == null) {
      buyers.take(order);
      claims.put(order.id(), new Claim(order, 0, Status.SETTLED, Instant.MAX));
    } else if (known.isHeld()) {
      claims.put(order.id(), known.as(Status.SETTLED));
    }
  }

  void release(Order order) {
    Claim known = claims.get(order.id());
    if (known != null && known.isHeld() && known.order.sameContentAs(order)) {
      claims.remove(order.id());
      giveBackUnits(order);
    }
  }

  private void giveBackUnits(Order order) {
    buyers.giveBack(order);
    remaining += order.quantity();
    touch();
  }

  /** The units of a settled claim are counted in the log; only those of a held one come back. */
  void giveBack(Order order) {
    Claim known = claims.get(order.id());
    if (known != null && !known.order.sameContentAs(order)) {
      return;
    }
    if (known != null && known.isHeld()) {
      giveBackUnits(order);
    } else if (known != null && known.status == Status.SETTLED) {
      buyers.giveBack(order);
    }
    claims.put(order.id(), new Claim(order, 0, Status.RETURNED, Instant.MAX));
  }

  Stream<Order> heldUntil(Instant end) {
    return claims.values().stream()
        .filter(claim -> claim.isHeld() && claim.deadline.isBefore(end))
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
    terms = new DealTerms(terms.deal(), DealState.CLOSED, terms.version());
    touch();
  }

  void change(DealTerms other) {
    if (other.version() >= terms.version() && !other.equals(terms)) {
      terms = other;
      touch();
    }
  }

  DealTerms terms() {
    return terms;
  }

  Stock stock() {
    return new Stock(
        remaining,
        unitsOf(Status.HELD),
        unitsOf(Status.SETTLED),
        version,
        terms.state(),
        terms.version());
  }

  private long unitsOf(Status status) {
    return claims.values().stream()
        .filter(claim -> claim.status == status)
        .mapToLong(Claim::units)
        .sum();
  }
}
