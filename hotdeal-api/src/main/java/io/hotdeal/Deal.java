package io.hotdeal;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The immutable terms of one limited offer. The stores hold the number of units that are left.
 *
 * <p>The limit per buyer and the window can be changed while it sells, see {@link HotDeal#change}.
 *
 * <p>The constructor and all methods that create a deal throw {@link IllegalArgumentException} for
 * a value out of range. Times are truncated to the millisecond.
 *
 * @param id the deal id, see {@link Ids}
 * @param quantity the units on sale when the deal opens, 1 to {@link Units#MAX}
 * @param limitPerBuyer the most units that one buyer may have, 0 for no limit
 * @param opens the first instant at which it sells, by the stores' clocks
 * @param closes the first instant at which it no longer sells, after {@code opens}
 * @param hold how long an order may stay unfinished before the {@link Resolver} finishes it, 1 ms
 *     to a day
 * @param longestHold how long units may be held for a payment elsewhere, extensions included, 1 ms
 *     to 30 days, see {@link HotDeal#hold}. Known to the log alone, not to the counter
 * @param events whether the log keeps an outbox of this deal's events for consumers, see {@link
 *     HotDealBuilder#consumer}. Known to the log alone, not to the counter
 */
public record Deal(
    String id,
    long quantity,
    long limitPerBuyer,
    Instant opens,
    Instant closes,
    Duration hold,
    Duration longestHold,
    boolean events) {

  /** The opening time of a deal that has none. */
  public static final Instant ALWAYS = Instant.EPOCH;

  /** The closing time of a deal that has none: the end of the year 9999. */
  public static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

  /** The default of {@code hold}: 2 minutes. */
  public static final Duration DEFAULT_HOLD = Duration.ofMinutes(2);

  /** The default of {@code longestHold}: 1 hour. */
  public static final Duration DEFAULT_LONGEST_HOLD = Duration.ofHours(1);

  private static final Duration MAX_HOLD = Duration.ofDays(1);
  private static final Duration MAX_LONGEST_HOLD = Duration.ofDays(30);

  public Deal {
    Ids.check("deal id", id);
    Units.check("quantity of deal " + id, quantity);
    if (limitPerBuyer < 0 || limitPerBuyer > Units.MAX) {
      throw new IllegalArgumentException(
          "limit per buyer "
              + limitPerBuyer
              + " of deal "
              + id
              + " is not within 0 and "
              + Units.MAX);
    }
    opens = opens.truncatedTo(ChronoUnit.MILLIS);
    closes = closes.truncatedTo(ChronoUnit.MILLIS);
    if (opens.isBefore(ALWAYS) || closes.isAfter(NEVER) || !opens.isBefore(closes)) {
      throw new IllegalArgumentException(
          "deal "
              + id
              + " opens at "
              + opens
              + " and closes at "
              + closes
              + ": these must be in order, within "
              + ALWAYS
              + " and "
              + NEVER);
    }
    hold = hold.truncatedTo(ChronoUnit.MILLIS);
    checkWithin("hold of deal " + id, hold, MAX_HOLD);
    longestHold = longestHold.truncatedTo(ChronoUnit.MILLIS);
    checkHold("longest hold of deal " + id, longestHold);
  }

  static void checkHold(String what, Duration duration) {
    checkWithin(what, duration, MAX_LONGEST_HOLD);
  }

  private static void checkWithin(String what, Duration duration, Duration max) {
    if (duration.isNegative() || duration.isZero() || duration.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          what + " is " + duration + ", not within PT0.001S and " + max);
    }
  }

  /** A deal without a time window and without a limit per buyer, with the default holds. */
  public static Deal of(String id, long quantity) {
    return new Deal(id, quantity, 0, ALWAYS, NEVER, DEFAULT_HOLD, DEFAULT_LONGEST_HOLD, false);
  }

  /** The same deal with a limit of {@code units} per buyer; 0 for no limit. */
  public Deal withLimitPerBuyer(long units) {
    return new Deal(id, quantity, units, opens, closes, hold, longestHold, events);
  }

  /** The same deal, selling from {@code from} (inclusive) to {@code until} (exclusive). */
  public Deal withWindow(Instant from, Instant until) {
    return new Deal(id, quantity, limitPerBuyer, from, until, hold, longestHold, events);
  }

  /** The same deal, whose unfinished orders are resolved after {@code duration}. */
  public Deal withHold(Duration duration) {
    return new Deal(id, quantity, limitPerBuyer, opens, closes, duration, longestHold, events);
  }

  /** The same deal, whose units may be held for {@code duration} for a payment elsewhere. */
  public Deal withLongestHold(Duration duration) {
    return new Deal(id, quantity, limitPerBuyer, opens, closes, hold, duration, events);
  }

  /** The same deal, with an outbox of its events. */
  public Deal withEvents() {
    return new Deal(id, quantity, limitPerBuyer, opens, closes, hold, longestHold, true);
  }

  /**
   * Whether both are equal in all terms that a counter knows: all but {@code longestHold} and
   * {@code events}.
   */
  public boolean sameForCounter(Deal other) {
    return new Deal(
            id, quantity, limitPerBuyer, opens, closes, hold, other.longestHold, other.events)
        .equals(other);
  }

  /** Whether both are equal in all terms that cannot be changed by {@link HotDeal#change}. */
  public boolean sameButForChanges(Deal other) {
    return new Deal(
            id, quantity, other.limitPerBuyer, other.opens, other.closes, hold, longestHold, events)
        .equals(other);
  }
}
