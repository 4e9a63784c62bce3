package io.hotdeal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A packed state")
class PackingTest {

  private final Model model = Model.of(2, 2, 2, 2).with(Rule.CLOSES).with(Rule.REJECTS_ROWS);
  private final Packing packing = new Packing(model);
  private final State state = new State(model);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  @DisplayName("has the same next steps and states as the state that was packed:")
  void keepsEverything(long seed) {
    Random random = new Random(seed);
    for (int steps = 0; steps < 200; steps++) {
      State unpacked = new State(model);
      packing.unpack(packing.orders(state), packing.rest(state), unpacked);

      List<String> nexts = nexts(state);
      assertThat(nexts(unpacked)).containsExactlyInAnyOrderElementsOf(nexts);
      walk(random.nextInt(nexts.size()));
    }
  }

  /** The steps that may come next, and the packed states that they lead to. */
  private List<String> nexts(State from) {
    List<String> nexts = new ArrayList<>();
    new Moves(model)
        .from(
            from,
            (step, order, attempt, next) ->
                nexts.add(step + " " + packing.orders(next) + " " + packing.rest(next)));
    return nexts;
  }

  private void walk(int choice) {
    List<State> nexts = new ArrayList<>();
    new Moves(model)
        .from(
            state,
            (step, order, attempt, next) -> {
              State copy = new State(model);
              copy.copy(next);
              nexts.add(copy);
            });
    state.copy(nexts.get(choice));
  }
}
