package io.hotdeal.jmh.load;

import io.hotdeal.Deal;
import io.hotdeal.jmh.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the sales that callers were told of with what the stores hold.
 *
 * @param rows what the stores hold as sold, in units
 * @param problems every difference, at most five; empty if there is none
 */
public record Audit(long rows, List<String> problems) {

  private static final int MOST_PROBLEMS = 5;

  /**
   * Audits some deals.
   *
   * @param acknowledged units that callers were told they bought, by position of the deal
   */
  public static Audit of(Strategy strategy, List<Deal> deals, long[] acknowledged) {
    List<String> problems = new ArrayList<>();
    long rows = 0;
    for (int i = 0; i < acknowledged.length; i++) {
      Deal deal = deals.get(i);
      long held = strategy.sold(deal.id());
      rows += held;
      check(deal, acknowledged[i], held, problems);
    }
    return new Audit(rows, problems.stream().limit(MOST_PROBLEMS).toList());
  }

  private static void check(Deal deal, long acknowledged, long held, List<String> problems) {
    if (held != acknowledged) {
      problems.add(
          acknowledged + " units of " + deal.id() + " acknowledged, but the stores hold " + held);
    }
    if (Math.max(held, acknowledged) > deal.quantity()) {
      problems.add(
          Math.max(held, acknowledged) + " units of " + deal.id() + " sold, of " + deal.quantity());
    }
  }
}
