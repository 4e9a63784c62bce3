package io.hotdeal.redis;

import io.hotdeal.Order;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the claims under way of a deal: all of them in one look, as the reconciler needs them, and
 * those that are overdue part by part, so that Redis is never kept for long.
 */
final class HeldClaims {

  private static final String LOOKED_AT_ONCE = "1000";

  private final ScriptRunner runner;

  HeldClaims(ScriptRunner runner) {
    this.runner = runner;
  }

  List<Order> all(String dealId, int limit) {
    requireAtLeastOne(limit);
    Answer answer = Script.HELD.run(runner, DealKeys.of(dealId), List.of(Integer.toString(limit)));
    Map<String, HeldClaim> found = new HashMap<>();
    collect(dealId, answer, 0, found);
    return oldest(found.values(), limit);
  }

  List<Order> overdue(String dealId, int limit) {
    requireAtLeastOne(limit);
    Map<String, HeldClaim> found = new HashMap<>();
    String cursor = "0";
    do {
      Answer part =
          Script.OVERDUE.run(runner, DealKeys.of(dealId), List.of(cursor, LOOKED_AT_ONCE));
      cursor = part.word(0);
      collect(dealId, part, 1, found);
    } while (found.size() < limit && !cursor.equals("0"));
    return oldest(found.values(), limit);
  }

  /** An id that comes twice counts once. */
  private static void collect(
      String dealId, Answer answer, int from, Map<String, HeldClaim> found) {
    for (int i = from; i < answer.size(); i += 2) {
      HeldClaim claim = HeldClaim.read(dealId, answer.word(i), answer.word(i + 1));
      found.put(claim.order().id(), claim);
    }
  }

  private static List<Order> oldest(Collection<HeldClaim> claims, int limit) {
    return claims.stream().sorted(HeldClaim.BY_AGE).limit(limit).map(HeldClaim::order).toList();
  }

  private static void requireAtLeastOne(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is not at least 1");
    }
  }
}
