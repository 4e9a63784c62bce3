package io.hotdeal;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The terms of one limited offer. They never change; what is left of it is the stores' to say.
 *
 * @param id the deal id, see {@link Ids}
 * @param quantity the units on sale when the deal opens, 1 to {@link Units#MAX}
 * @param limitPerBuyer the most units that one buyer may have, 0 for no limit
 * @param opens the first instant at which it sells, to the millisecond
 * @param closes the first instant at which it no longer sells, to the millisecond
 * @param hold how long a claim may stay undecided before the resolver looks at it, to the
 *     millisecond
 */
public record Deal(
    String id, long quantity, long limitPerBuyer, Instant opens, Instant closes, Duration hold) {

  /** The opening time of a deal that has none. */
  public static final Instant ALWAYS = Instant.EPOCH;

  /** The closing time of a deal that has none: the end of the year 9999. */
  public static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

  /** How long a claim is held unless the deal says otherwise. */
  public static final Duration DEFAULT_HOLD = Duration.ofMinutes(2);

  private static final Duration LONGEST_HOLD = Duration.ofDays(1);

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
    if (hold.isNegative() || hold.isZero() || hold.compareTo(LONGEST_HOLD) > 0) {
      throw new IllegalArgumentException(
          "hold " + hold + " of deal " + id + " is not within PT0.001S and " + LONGEST_HOLD);
    }
  }

  /** A deal that is open from now on, without a limit per buyer. */
  public static Deal of(String id, long quantity) {
    return new Deal(id, quantity, 0, ALWAYS, NEVER, DEFAULT_HOLD);
  }

  /** The same deal, where one buyer may have at most {@code units}; 0 for no limit. */
  public Deal withLimitPerBuyer(long units) {
    return new Deal(id, quantity, units, opens, closes, hold);
  }

  /** The same deal, which sells from {@code from} on and no longer at {@code until}. */
  public Deal withWindow(Instant from, Instant until) {
    return new Deal(id, quantity, limitPerBuyer, from, until, hold);
  }

  /** The same deal, whose undecided claims are looked at after {@code duration}. */
  public Deal withHold(Duration duration) {
    return new Deal(id, quantity, limitPerBuyer, opens, closes, duration);
  }
}
