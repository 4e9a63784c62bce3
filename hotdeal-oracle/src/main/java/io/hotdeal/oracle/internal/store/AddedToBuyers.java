package io.hotdeal.oracle.internal.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The units that a transaction has added to the buyers of several deals.
 *
 * @param added one per buyer and deal
 * @param beyondLimit the deals one of whose buyers would have more than the limit
 */
record AddedToBuyers(List<Added> added, Set<String> beyondLimit) {

  /** The units of one buyer of a deal. */
  record Added(String dealId, String buyerId, long units, long limit) {}

  static AddedToBuyers none() {
    return new AddedToBuyers(new ArrayList<>(), new HashSet<>());
  }

  boolean isBeyondLimit(String dealId) {
    return beyondLimit.contains(dealId);
  }

  /** Those of these deals. */
  List<Added> of(Set<String> dealIds) {
    return added.stream().filter(it -> dealIds.contains(it.dealId)).toList();
  }
}
