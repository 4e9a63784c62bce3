package io.hotdeal.model;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Explores every state that a model can reach, breadth first, so that the first violation found has
 * the shortest history.
 */
final class Checker {

  private static final int MOST_MOVES = 256;

  /**
   * The result of a check.
   *
   * @param states distinct states seen; all reachable ones if nothing is violated
   * @param violation what does not hold, or null
   * @param history the steps that lead to the violation, or null
   */
  record Report(int states, @Nullable String violation, @Nullable History history) {}

  private final Model model;
  private final StateStore store = new StateStore();
  private final Packing packing;
  private final Aftermath aftermath;
  private final Set<Long> aftermathsSeen = new HashSet<>();
  private final State state;
  private final long[] nextOrders = new long[MOST_MOVES];
  private final int[] nextRest = new int[MOST_MOVES];
  private int nexts;
  private @Nullable String violation;
  private boolean violatedAfterwards;

  private Checker(Model model) {
    this.model = model;
    this.packing = new Packing(model);
    this.aftermath = new Aftermath(model);
    this.state = new State(model);
  }

  static Report check(Model model) {
    return new Checker(model).run();
  }

  private Report run() {
    keep(state);
    addKept(-1);
    Moves moves = new Moves(model);
    for (int at = 0; at < store.size() && violation == null; at++) {
      packing.unpack(store.orders(at), store.rest(at), state);
      moves.from(state, (step, order, attempt, next) -> keep(next));
      addKept(at);
    }
    return violation == null
        ? new Report(store.size(), null, null)
        : new Report(store.size(), violation, history());
  }

  private void keep(State next) {
    nextOrders[nexts] = packing.orders(next);
    nextRest[nexts] = packing.rest(next);
    nexts++;
  }

  /** Looks the states up together: memory serves many reads at once faster than one by one. */
  private void addKept(int from) {
    store.warmUp(nextOrders, nextRest, nexts);
    for (int i = 0; i < nexts && violation == null; i++) {
      if (store.add(nextOrders[i], nextRest[i], from)) {
        packing.unpack(nextOrders[i], nextRest[i], state);
        examine();
      }
    }
    nexts = 0;
  }

  private void examine() {
    violation = Invariants.broken(state);
    if (violation == null && aftermathsSeen.add(packing.shared(state))) {
      violation = aftermath.broken(state, (step, order) -> {});
      violatedAfterwards = violation != null;
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
