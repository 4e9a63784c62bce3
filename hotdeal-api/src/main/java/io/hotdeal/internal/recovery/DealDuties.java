package io.hotdeal.internal.recovery;

import io.hotdeal.internal.recovery.DealSweeps.Ending;
import io.hotdeal.internal.recovery.Sweeper.Scope;
import io.hotdeal.spi.Housekeeping.Assignment;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What a process knows of the assignment of its deals: so it asks for its own deals in each round,
 * and for those of others hardly ever.
 *
 * <p>A housekeeper has one lease for all its deals. So one deal tells whether the housekeeper of
 * thousands is alive: only when its lease should have ended, a page of its deals is asked for, and
 * the rest if it has gone. That page has the deals that were asked for longest ago, so that one
 * that was given up alone is found in time. Processes ask at different times after the end of a
 * lease, which depend on their ids.
 *
 * <p>A deal whose sweeps fail repeatedly is given up, because another process may do better. A
 * closed deal without work is asked for twice per lease. Thread-safe.
 */
final class DealDuties {

  private static final int MOST_FAILURES = 3;
  private static final int SHARES = 1024;

  private final String id;
  private final boolean hasCounter;
  private final LongSupplier ticker;
  private final int share;

  private final Set<String> mine = new HashSet<>();

  private final OtherKeepers others = new OtherKeepers();

  /** When to ask for deals again that have no work, or were given up. */
  private final Map<String, Long> resting = new HashMap<>();

  /** The closed deals of whose claims none is left. */
  private final Set<String> settled = new HashSet<>();

  private final Map<String, Integer> failures = new HashMap<>();

  /**
   * @param id of this housekeeper
   * @param hasCounter whether open deals without unfinished orders are to be reconciled
   * @param ticker a monotonic clock in nanoseconds
   */
  DealDuties(String id, boolean hasCounter, LongSupplier ticker) {
    this.id = id;
    this.hasCounter = hasCounter;
    this.ticker = ticker;
    this.share = Math.floorMod(id.hashCode(), SHARES);
  }

  /**
   * Forgets all deals but these.
   *
   * @return those that this housekeeper had
   */
  synchronized List<String> retain(Set<String> dealIds) {
    List<String> dropped = mine.stream().filter(it -> !dealIds.contains(it)).toList();
    List.of(mine, resting.keySet(), settled, failures.keySet())
        .forEach(known -> known.retainAll(dealIds));
    others.retain(dealIds);
    return dropped;
  }

  /** Those of the deals that are this housekeeper's, or about which nothing is known. */
  synchronized List<String> toTake(Collection<String> dealIds) {
    long now = ticker.getAsLong();
    return dealIds.stream()
        .filter(it -> !others.have(it) && now - resting.getOrDefault(it, now) >= 0)
        .toList();
  }

  /** The other housekeepers whose leases should have ended. */
  synchronized Set<String> dueKeepers() {
    return others.due(ticker.getAsLong());
  }

  /** At most so many deals of these housekeepers, among them one of each, if they fit. */
  synchronized Collection<String> sample(Set<String> keepers, int limit) {
    return others.sample(keepers, limit);
  }

  /** All deals of these housekeepers. */
  synchronized List<String> dealsOf(Set<String> keepers) {
    return others.dealsOf(keepers);
  }

  /** Notes the answer for a deal; returns what is to be done about it. */
  synchronized Optional<Duty> answered(Assignment answer, Duration lease) {
    String dealId = answer.dealId();
    if (answer.keeper().equals(id)) {
      others.remove(dealId);
      return taken(answer);
    }
    mine.remove(dealId);
    settled.remove(dealId);
    failures.remove(dealId);
    long spread = lease.toNanos() / 4 / SHARES * share;
    long check = ticker.getAsLong() + answer.remaining().toNanos() + spread;
    others.put(dealId, answer.keeper(), check);
    return Optional.empty();
  }

  private Optional<Duty> taken(Assignment answer) {
    String dealId = answer.dealId();
    mine.add(dealId);
    resting.remove(dealId);
    if (!answer.closed() || answer.unfinished()) {
      settled.remove(dealId);
    }
    if (answer.unfinished()) {
      return duty(answer, Scope.ALL);
    }
    if (hasCounter && !settled.contains(dealId)) {
      return duty(answer, Scope.COUNTER);
    }
    if (answer.closed()) {
      rest(dealId, answer.remaining().dividedBy(2));
    }
    return Optional.empty();
  }

  private static Optional<Duty> duty(Assignment answer, Scope scope) {
    return Optional.of(new Duty(answer.dealId(), scope, answer.closed(), answer.remaining()));
  }

  private void rest(String dealId, Duration duration) {
    resting.put(dealId, ticker.getAsLong() + duration.toNanos());
  }

  /**
   * Notes how a sweep ended.
   *
   * @return whether the deal is to be given up
   */
  synchronized boolean swept(Duty duty, Ending ending) {
    String dealId = duty.dealId();
    if (ending != Ending.FAILED) {
      failures.remove(dealId);
      if (ending == Ending.SETTLED) {
        settled.add(dealId);
      }
      return false;
    }
    if (failures.merge(dealId, 1, Integer::sum) < MOST_FAILURES || duty.lease().isZero()) {
      return false;
    }
    failures.remove(dealId);
    mine.remove(dealId);
    rest(dealId, duty.lease());
    return true;
  }

  /** Forgets everything: this housekeeper has retired. */
  synchronized void clear() {
    retain(Set.of());
  }
}
