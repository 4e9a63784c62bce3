package io.hotdeal.jmh.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hotdeal.jmh.load.FaultyMemoryStrategy.Mistake;
import io.hotdeal.jmh.strategy.Stores;
import io.hotdeal.jmh.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The instances of a strategy")
final class InstancesTest {

  private static final LoadProfile SEVEN_CALLERS = LoadProfile.closed(LoadModel.BLOCKING, 7);

  private final List<Integer> callers = new ArrayList<>();
  private final List<Strategy> open = new ArrayList<>();

  private Instances start(LoadProfile profile, Function<Stores, Strategy> maker) {
    try (RunStores stores = new RunStores("h2", "embedded", false)) {
      return Instances.start(FaultyMemoryStrategy.factory(maker), stores, profile);
    }
  }

  private Strategy make(Stores stores) {
    callers.add(stores.callers());
    Strategy strategy =
        new FaultyMemoryStrategy(Mistake.NONE) {
          @Override
          public void close() {
            open.remove(this);
          }
        };
    open.add(strategy);
    return strategy;
  }

  @Test
  @DisplayName("get the callers in turn, and are told how many each has")
  void share() {
    try (Instances instances = start(SEVEN_CALLERS.withInstances(3), this::make)) {
      assertThat(callers).containsExactly(3, 2, 2);
      assertThat(instances).containsExactlyElementsOf(open);
      for (int caller = 0; caller < 7; caller++) {
        assertThat(instances.ofCaller(caller)).isSameAs(open.get(caller % 3));
      }
    }
  }

  @Test
  @DisplayName("may be more than the callers: some have nothing to do")
  void idle() {
    try (Instances instances = start(SEVEN_CALLERS.withInstances(9), this::make)) {
      assertThat(instances).hasSize(9);
      assertThat(callers).containsOnly(1);
    }
  }

  @Test
  @DisplayName("are all closed, also if the last one cannot be made")
  void close() {
    start(SEVEN_CALLERS.withInstances(3), this::make).close();
    assertThat(open).isEmpty();

    assertThatIllegalStateException()
        .isThrownBy(() -> start(SEVEN_CALLERS.withInstances(3), this::makeTwo))
        .withMessage("no third");
    assertThat(open).isEmpty();
  }

  private Strategy makeTwo(Stores stores) {
    if (open.size() == 2) {
      throw new IllegalStateException("no third");
    }
    return make(stores);
  }
}
