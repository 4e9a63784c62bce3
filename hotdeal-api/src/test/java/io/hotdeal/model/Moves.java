package io.hotdeal.model;

/**
 * Lists the steps that may happen next. Each is made on a scratch state, which the visitor is shown
 * and which is then reused.
 */
final class Moves {

  /** Is shown each next state; it must copy what it keeps. */
  @FunctionalInterface
  interface Visitor {

    /**
     * Sees a step.
     *
     * @param order whose step it is; -1 if no single order's
     * @param attempt which attempt of it; -1 if no attempt's
     */
    void see(Step step, int order, int attempt, State next);
  }

  private final State from;
  private final State next;
  private final OrderAttempts attempts = new OrderAttempts(this);
  private final Resolvers resolvers = new Resolvers(this);
  private final Reconcilers reconcilers = new Reconcilers(this);
  private final Surroundings surroundings = new Surroundings(this);
  private Visitor visitor;
  private int order;
  private int attempt;

  Moves(Model model) {
    this.from = new State(model);
    this.next = new State(model);
  }

  /** Shows every state that one step leads to. */
  void from(State start, Visitor to) {
    visitor = to;
    from.copy(start);
    for (order = 0; order < from.orders(); order++) {
      for (attempt = 0; attempt < from.attempts(order); attempt++) {
        attempts.moves(from, order, attempt);
      }
      attempt = -1;
      if (from.anyAttempt(order, Stage::hasBegun)) {
        resolvers.moves(from, order);
        surroundings.repeats(from, order);
      }
    }
    order = -1;
    reconcilers.moves(from);
    surroundings.moves(from);
  }

  /** Starts a move. */
  State next() {
    next.copy(from);
    return next;
  }

  /** Ends a move; the state is the one that {@link #next} gave. */
  void made(Step step) {
    Reconcilers.forgetWhatCannotSucceed(next);
    visitor.see(step, order, attempt, next);
  }

  /** Ends a move of an attempt, which goes on to another stage. */
  void made(Step step, Stage stage) {
    next.stage(order, attempt, stage);
    made(step);
  }
}
