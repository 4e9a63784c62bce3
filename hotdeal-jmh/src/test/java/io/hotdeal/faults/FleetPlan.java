package io.hotdeal.faults;

import io.hotdeal.faults.FleetFaults.Kind;
import java.util.List;
import java.util.function.IntFunction;

/**
 * How a fleet sells, and which faults occur meanwhile.
 *
 * @param faults those of one round
 * @param defects those that prove its audit
 * @param buyers by the longest time to pay in milliseconds, where they have one
 */
record FleetPlan(
    String title, List<Kind> faults, List<Red> defects, IntFunction<FleetBuyers> buyers) {

  /** Orders that are charged at once, under faults of every kind. */
  static final FleetPlan ORDERS =
      new FleetPlan(
          "a fleet, everything killed and frozen",
          List.of(Kind.values()),
          List.of(Red.EARLY_ANSWER, Red.SETTLED_FORGOTTEN, Red.NO_LIMIT),
          longestMillis -> new FleetBuyers.Ordering());

  /** Orders that are held, and paid elsewhere: of six kills, four are of processes. */
  static final FleetPlan HOLDS =
      new FleetPlan(
          "kill -9 of JVMs, Redis and PostgreSQL under held orders",
          List.of(
              Kind.KILL_SELLER,
              Kind.KILL_SELLER,
              Kind.KILL_SELLER,
              Kind.KILL_SELLER,
              Kind.KILL_REDIS,
              Kind.KILL_DATABASE),
          List.of(Red.EARLY_ANSWER, Red.UNITS_KEPT, Red.EARLY_REFUND),
          FleetBuyers.Holding::new);
}
