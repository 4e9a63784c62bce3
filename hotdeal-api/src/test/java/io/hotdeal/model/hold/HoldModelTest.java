package io.hotdeal.model.hold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The model of held orders")
class HoldModelTest {

  /** How a state was reached first. */
  private record Origin(@Nullable HoldState before, String step) {}

  /** A violation, and the states that were explored. */
  private record Exploration(@Nullable String violation, int states) {}

  @ParameterizedTest(name = "{0} units, {1} orders")
  @CsvSource({"1, 1", "1, 2", "2, 2"})
  @DisplayName("has no violation: every payment buys one unit or is refunded, and no unit leaks:")
  void holds(int units, int orders) {
    Exploration result = explore(units, orders, HoldShortcut.NONE);
    System.out.printf("holds: %,d states of %d units, %d orders%n", result.states, units, orders);
    assertThat(result.violation).isNull();
    assertThat(result.states).isGreaterThan(100);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  @DisplayName("shows a violation, and the steps to it, for each built-in mistake:")
  void shortcuts(HoldShortcut shortcut) {
    Exploration result = explore(1, 2, shortcut);
    assertThat(result.violation).as("a violation because of %s", shortcut).isNotNull();
    System.out.println(shortcut + ": " + result.violation);
  }

  private static Exploration explore(int units, int orders, HoldShortcut shortcut) {
    HoldMoves moves = new HoldMoves(shortcut);
    Map<HoldState, Origin> known = new HashMap<>();
    Deque<HoldState> queue = new ArrayDeque<>();
    HoldState start = HoldState.of(units, orders);
    known.put(start, new Origin(null, "start"));
    queue.add(start);
    while (!queue.isEmpty()) {
      HoldState state = queue.remove();
      String broken = broken(state, units, moves);
      if (broken != null) {
        return new Exploration(broken + history(state, known), known.size());
      }
      moves.from(
          state,
          (step, next) -> {
            if (known.putIfAbsent(next, new Origin(state, step)) == null) {
              queue.add(next);
            }
          });
    }
    return new Exploration(null, known.size());
  }

  private static @Nullable String broken(HoldState state, int units, HoldMoves moves) {
    String now = state.broken(units);
    if (now != null) {
      return now;
    }
    String end = moves.inTheEnd(state, true).brokenInTheEnd();
    if (end != null) {
      return "in the end " + end;
    }
    boolean secondPayments =
        state.orders().stream().anyMatch(it -> it.payments().elsewhere() != HeldOrder.Payment.NONE);
    String unreported = secondPayments ? null : moves.inTheEnd(state, false).brokenInTheEnd();
    return unreported == null ? null : "if its payment is never reported, " + unreported;
  }

  private static String history(HoldState end, Map<HoldState, Origin> known) {
    List<String> steps = new ArrayList<>();
    for (HoldState state = end; state != null; state = known.get(state).before()) {
      steps.add(known.get(state).step());
    }
    Collections.reverse(steps);
    return " after " + steps;
  }
}
