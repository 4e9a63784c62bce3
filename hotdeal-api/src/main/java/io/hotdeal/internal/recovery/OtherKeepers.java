package io.hotdeal.internal.recovery;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The deals that other processes keep house of, and when to check whether these are alive. Not
 * thread-safe.
 */
final class OtherKeepers {

  /** The housekeepers by deal; the deal that was asked for longest ago is first. */
  private final Map<String, String> keepers = new LinkedHashMap<>();

  /** When to check each housekeeper, by a monotonic clock. */
  private final Map<String, Long> checks = new HashMap<>();

  boolean have(String dealId) {
    return keepers.containsKey(dealId);
  }

  void put(String dealId, String keeper, long check) {
    keepers.remove(dealId);
    keepers.put(dealId, keeper);
    checks.put(keeper, check);
  }

  void remove(String dealId) {
    keepers.remove(dealId);
  }

  void retain(Set<String> dealIds) {
    keepers.keySet().retainAll(dealIds);
    checks.keySet().retainAll(new HashSet<>(keepers.values()));
  }

  /** The housekeepers to check now. */
  Set<String> due(long now) {
    Set<String> due = new HashSet<>();
    checks.forEach(
        (keeper, check) -> {
          if (now - check >= 0) {
            due.add(keeper);
          }
        });
    return due;
  }

  /** At most so many deals of these housekeepers, among them one of each, if they fit. */
  Collection<String> sample(Set<String> of, int limit) {
    Set<String> sample = new LinkedHashSet<>();
    Set<String> sampled = new HashSet<>();
    keepers.forEach(
        (dealId, keeper) -> {
          if (sample.size() < limit && of.contains(keeper) && sampled.add(keeper)) {
            sample.add(dealId);
          }
        });
    for (String dealId : dealsOf(of)) {
      if (sample.size() == limit) {
        break;
      }
      sample.add(dealId);
    }
    return sample;
  }

  /** All deals of these housekeepers. */
  List<String> dealsOf(Set<String> of) {
    return keepers.entrySet().stream()
        .filter(it -> of.contains(it.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
