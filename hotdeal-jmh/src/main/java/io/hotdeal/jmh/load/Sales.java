package io.hotdeal.jmh.load;

import java.util.ArrayList;
import java.util.List;

/**
 * The sales of one round.
 *
 * @param total what the callers were told
 * @param calls of the stores, within the measured time
 * @param audit what the stores hold
 */
record Sales(CallerStats.Total total, CallCounts calls, Audit audit) {

  /** Why they are void; empty if they are valid. */
  List<String> problems(boolean neverSellsOut) {
    List<String> problems = new ArrayList<>(audit.problems());
    if (total.errors() > 0) {
      problems.add(total.errors() + " errors: " + String.join("; ", total.messages()));
    }
    if (neverSellsOut && total.soldOut() > 0) {
      problems.add(total.soldOut() + " orders refused of deals that do not sell out");
    }
    return List.copyOf(problems);
  }
}
