package io.hotdeal.redis;

import io.hotdeal.Order;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A reader of a deal's held claims, in parts, because Redis runs nothing else during a script.
 * Unless the limit is reached, a claim that is held from the first part to the last is found, as
 * HSCAN guarantees; one that is added or removed meanwhile may be left out.
 */
final class HeldClaims {

  private static final String PAGE_SIZE = "500";

  private final ScriptRunner runner;

  HeldClaims(ScriptRunner runner) {
    this.runner = runner;
  }

  List<Order> all(String dealId, int limit) {
    return find(dealId, "all", limit);
  }

  List<Order> overdue(String dealId, int limit) {
    return find(dealId, "overdue", limit);
  }

  private List<Order> find(String dealId, String which, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is not at least 1");
    }
    Map<String, HeldClaim> found = new HashMap<>();
    String cursor = "0";
    do {
      ScriptReply part =
          Script.HELD.run(runner, DealKeys.of(dealId), List.of(cursor, PAGE_SIZE, which));
      cursor = part.word(0);
      collect(dealId, part, found);
    } while (found.size() < limit && !cursor.equals("0"));
    return oldest(found.values(), limit);
  }

  /** HSCAN may return an id more than once; it counts once. */
  private static void collect(String dealId, ScriptReply part, Map<String, HeldClaim> found) {
    for (int i = 1; i < part.size(); i += 2) {
      HeldClaim claim = DealCodec.readHeld(dealId, part.word(i), part.word(i + 1));
      found.put(claim.order().id(), claim);
    }
  }

  private static List<Order> oldest(Collection<HeldClaim> claims, int limit) {
    return claims.stream().sorted(HeldClaim.BY_AGE).limit(limit).map(HeldClaim::order).toList();
  }
}
