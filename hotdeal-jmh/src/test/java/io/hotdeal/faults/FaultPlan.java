package io.hotdeal.faults;

import io.hotdeal.testkit.Fault;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Which requests get a fault: a random share, until the allowed number is reached. Thread-safe. */
final class FaultPlan {

  private static final List<Fault> FAULTS = List.of(Fault.values());

  private final SplittableRandom random;
  private final double share;
  private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
  private int left;

  FaultPlan(long seed, double share) {
    this.random = new SplittableRandom(seed);
    this.share = share;
  }

  /** Allows this many faults from now on. */
  synchronized void allow(int faults) {
    left = faults;
  }

  /** The fault of the next request, or null. */
  synchronized Fault next() {
    if (left == 0 || random.nextDouble() >= share) {
      return null;
    }
    left--;
    Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
    done.merge(fault, 1, Integer::sum);
    return fault;
  }

  synchronized boolean isUsedUp() {
    return left == 0;
  }

  synchronized Map<String, Integer> done() {
    Map<String, Integer> names = new TreeMap<>();
    done.forEach((fault, count) -> names.put(fault.name(), count));
    return names;
  }
}
