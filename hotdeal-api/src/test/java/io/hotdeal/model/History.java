package io.hotdeal.model;

import io.hotdeal.spi.OrderState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps that lead to a violation, as readable text. */
final class History {

  private final List<String> lines = new ArrayList<>();
  private final State state;
  private int steps;

  private History(Model model) {
    this.state = new State(model);
  }

  static String name(int order) {
    return String.valueOf((char) ('A' + order));
  }

  /** The shortest history of a state in the store. */
  static History of(Model model, StateStore store, int last) {
    List<Integer> way = new ArrayList<>();
    for (int at = last; at >= 0; at = store.parent(at)) {
      way.add(0, at);
    }
    History history = new History(model);
    history.say("   at first: " + picture(history.state));
    Moves moves = new Moves(model);
    Packing packing = new Packing(model);
    for (int at : way.subList(1, way.size())) {
      history.follow(moves, packing, store.orders(at), store.rest(at));
    }
    return history;
  }

  /** Packed states do not identify orders and attempts: takes a step whose result packs alike. */
  private void follow(Moves moves, Packing packing, long orders, int rest) {
    State reached = new State(state.model);
    int before = steps;
    moves.from(
        state,
        (step, order, attempt, next) -> {
          if (steps == before && packing.orders(next) == orders && packing.rest(next) == rest) {
            add(step, order, attempt, next);
            reached.copy(next);
          }
        });
    state.copy(reached);
  }

  private void add(Step step, int order, int attempt, @Nullable State after) {
    steps++;
    lines.add("%2d %s %s".formatted(steps, who(step, order, attempt), step.words));
    if (after != null) {
      lines.add("            " + picture(after));
    }
  }

  private static String who(Step step, int order, int attempt) {
    if (attempt >= 0) {
      return step.who.words + " " + name(order) + (attempt + 1);
    }
    return order < 0 ? step.who.words : step.who.words + ", for " + name(order) + ",";
  }

  void say(String line) {
    lines.add(line);
  }

  /** Adds the steps of the aftermath; returns what does not hold then, or null. */
  @Nullable String addAftermath() {
    say("   now every attempt has crashed where it stands; resolvers finish what they see:");
    Aftermath aftermath = new Aftermath(state.model);
    String broken = aftermath.broken(state, (step, order) -> add(step, order, -1, null));
    say("   in the end: " + picture(aftermath.end()));
    return broken;
  }

  /** What does not hold in the last state, with the names of this history; or null. */
  @Nullable String violation() {
    return Invariants.broken(state);
  }

  /** One state in one line. */
  private static String picture(State state) {
    StringBuilder claims = new StringBuilder();
    StringBuilder rows = new StringBuilder();
    StringBuilder money = new StringBuilder();
    StringBuilder attempts = new StringBuilder();
    for (int order = 0; order < state.orders(); order++) {
      if (state.claim(order) != Claim.NONE) {
        claims.append(", ").append(name(order)).append(' ').append(state.claim(order));
      }
      if (!state.isRow(order, OrderState.ABSENT)) {
        rows.append(", ").append(name(order)).append(' ').append(state.row(order));
      }
      if (state.money(order) != Money.UNDECIDED) {
        money.append(' ').append(name(order)).append(' ').append(state.money(order));
      }
      for (int k = 0; k < state.attempts(order); k++) {
        if (state.stage(order, k).hasBegun()) {
          attempts.append("; ").append(name(order)).append(k + 1).append(' ');
          attempts.append(state.stage(order, k).words);
        }
      }
    }
    return (state.known
            ? "counter " + state.remaining + " left" + claims
            : "counter forgot the deal")
        + " | log "
        + state.left
        + " left"
        + rows
        + (state.closed ? ", closed" : "")
        + (money.isEmpty() ? "" : " | money" + money)
        + attempts;
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public String toString() {
    return String.join(System.lineSeparator(), lines);
  }
}
