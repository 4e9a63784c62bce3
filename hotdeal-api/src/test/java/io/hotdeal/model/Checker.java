package io.hotdeal.model;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Explores every state that a model can reach, breadth first, so that the first violation found has
 * the shortest history.
 */
final class Checker {

  /**
   * What came out.
   *
   * @param states distinct states seen; all there are, if nothing is violated
   * @param violation what does not hold, or null
   * @param history how that comes about, or null
   */
  record Report(int states, @Nullable String violation, @Nullable History history) {}

  private final Model model;
  private final StateStore store = new StateStore();
  private final Packing packing;
  private final Aftermath aftermath;
  private final Set<Long> aftermathsSeen = new HashSet<>();
  private @Nullable String violation;
  private boolean violatedAfterwards;
  private int at;

  private Checker(Model model) {
    this.model = model;
    this.packing = new Packing(model);
    this.aftermath = new Aftermath(model);
  }

  static Report check(Model model) {
    return new Checker(model).run();
  }

  private Report run() {
    State state = new State(model);
    Moves moves = new Moves(model);
    at = -1;
    see(state);
    for (at = 0; at < store.size() && violation == null; at++) {
      packing.unpack(store.orders(at), store.rest(at), state);
      moves.from(state, (step, order, attempt, next) -> see(next));
    }
    return violation == null
        ? new Report(store.size(), null, null)
        : new Report(store.size(), violation, history());
  }

  private void see(State state) {
    if (violation == null && store.add(packing.orders(state), packing.rest(state), at)) {
      violation = Invariants.broken(state);
      if (violation == null && aftermathsSeen.add(packing.shared(state))) {
        violation = aftermath.broken(state, (step, order) -> {});
        violatedAfterwards = violation != null;
      }
    }
  }

  /** The violation came with the state that was added last. */
  private History history() {
    History history = History.of(model, store, store.size() - 1);
    String named = violatedAfterwards ? history.addAftermath() : history.violation();
    history.say("   VIOLATED: " + named);
    return history;
  }
}
