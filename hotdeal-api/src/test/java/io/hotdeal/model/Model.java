package io.hotdeal.model;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A model to be explored: its bounds, and the faults that may happen.
 *
 * @param units the deal's quantity
 * @param attempts per order the most attempts that its buyer makes, also concurrently
 * @param losses failovers and wipes of the counter, together
 * @param rules what may happen
 * @param shortcut the mistake that is built in
 */
record Model(int units, List<Integer> attempts, int losses, Set<Rule> rules, Shortcut shortcut) {

  static final int MOST_UNITS = 2;
  static final int MOST_ATTEMPTS = 4;
  static final int MOST_LOSSES = 3;

  Model {
    attempts = List.copyOf(attempts);
    rules =
        Collections.unmodifiableSet(
            rules.isEmpty() ? EnumSet.noneOf(Rule.class) : EnumSet.copyOf(rules));
    require(units >= 1 && units <= MOST_UNITS, "units " + units);
    require(losses >= 0 && losses <= MOST_LOSSES, "losses " + losses);
    require(
        !attempts.isEmpty()
            && attempts.stream().allMatch(each -> each >= 1)
            && attempts.stream().mapToInt(each -> each).sum() <= MOST_ATTEMPTS,
        "attempts " + attempts);
  }

  private static void require(boolean fits, String what) {
    if (!fits) {
      throw new IllegalArgumentException(what + " is out of bounds");
    }
  }

  /** The real protocol with faults: the counter loses data and is bypassed, and calls are late. */
  static Model of(int units, int losses, Integer... attempts) {
    return new Model(
        units,
        List.of(attempts),
        losses,
        EnumSet.of(Rule.BYPASSES_COUNTER, Rule.REPEATS_CALLS),
        Shortcut.NONE);
  }

  /**
   * No attempt bypasses the counter, and the counter loses nothing: then the resolvers alone keep
   * it exact, whatever reconcilers do meanwhile.
   */
  static Model exact(int units, Integer... attempts) {
    return of(units, 0, attempts).without(Rule.BYPASSES_COUNTER).with(Rule.EXACT_WITHOUT_RECONCILE);
  }

  /**
   * The counter is wiped once while no order is under way, and no call is repeated: then restoring
   * it is enough.
   */
  static Model wipedInPeace(int units, Integer... attempts) {
    return new Model(
        units,
        List.of(attempts),
        1,
        EnumSet.of(Rule.LOSES_ONLY_WHEN_IDLE, Rule.EXACT_WITHOUT_RECONCILE),
        Shortcut.NONE);
  }

  Model with(Rule rule) {
    EnumSet<Rule> more = EnumSet.of(rule);
    more.addAll(rules);
    return new Model(units, attempts, losses, more, shortcut);
  }

  Model without(Rule rule) {
    EnumSet<Rule> fewer = EnumSet.copyOf(rules);
    fewer.remove(rule);
    return new Model(units, attempts, losses, fewer, shortcut);
  }

  Model with(Shortcut mistake) {
    return new Model(units, attempts, losses, rules, mistake);
  }

  boolean has(Rule rule) {
    return rules.contains(rule);
  }

  boolean has(Shortcut mistake) {
    return shortcut == mistake;
  }

  int orders() {
    return attempts.size();
  }
}
