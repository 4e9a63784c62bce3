package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.Reconciliation.Outcome;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Tally;
import io.hotdeal.spi.Tally.Count;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Limits and boundary values:")
class BoundsTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MILLI = Duration.ofMillis(1);

  @ParameterizedTest
  @DisplayName("an id may contain the first and last character of each range, not their neighbours")
  @ValueSource(strings = {"a", "z", "A", "Z", "0", "9", ".", "_", "-"})
  void idCharacters(String id) {
    assertThat(Ids.check("id", id)).isEqualTo(id);
    assertThat("`{@[/:".chars().mapToObj(Character::toString))
        .allSatisfy(
            bad -> assertThatThrownBy(() -> Ids.check("id", bad)).hasMessageContaining("'" + bad));
  }

  @Test
  @DisplayName("a message shows an invalid id of 64 characters in full and one of 65 shortened")
  void idsInMessages() {
    String longest = "!".repeat(64);
    assertThatThrownBy(() -> Ids.check("id", longest)).hasMessageContaining("'" + longest + "'");
    assertThatThrownBy(() -> Ids.check("id", longest + "!"))
        .hasMessageContaining("'" + longest + "…'");
  }

  @Test
  @DisplayName("the largest quantity, limit and hold and the smallest hold are accepted")
  void largestTerms() {
    assertThat(Units.check("units", Units.MAX)).isEqualTo(Units.MAX);
    Deal deal = Deal.of("deal", Units.MAX);
    assertThatCode(() -> deal.withLimitPerBuyer(Units.MAX)).doesNotThrowAnyException();
    assertThatThrownBy(() -> deal.withLimitPerBuyer(Units.MAX + 1)).hasMessageContaining("limit");
    assertThatCode(() -> deal.withHold(Duration.ofDays(1))).doesNotThrowAnyException();
    assertThatCode(() -> deal.withHold(MILLI)).doesNotThrowAnyException();
  }

  @Test
  @DisplayName(
      "the smallest and the largest value of a setting are accepted, values outside refused")
  void settings() {
    HotDealBuilder builder = HotDeal.builder();
    List<HotDealBuilder> answers =
        List.of(
            builder.maxBatch(1).maxBatch(10_000),
            builder.callsPerDeal(1).callsPerDeal(16),
            builder.claimLinger(Duration.ZERO).claimLinger(Duration.ofSeconds(1)),
            builder.settleLinger(Duration.ZERO).settleLinger(Duration.ofSeconds(1)),
            builder.maxInFlight(1).maxInFlight(10_000_000),
            builder.soldOutCacheTtl(Duration.ZERO).soldOutCacheTtl(MINUTE),
            builder.breakerOpenFor(Duration.ZERO).breakerOpenFor(MINUTE),
            builder.orderTimeout(MILLI).orderTimeout(HOUR),
            builder
                .ids(() -> "id")
                .ticker(() -> 0)
                .executor(Runnable::run)
                .counterExecutor(Runnable::run)
                .timer(null),
            builder.shutdownTimeout(Duration.ZERO).shutdownTimeout(HOUR),
            builder.chargeAttempts(1, MILLI).chargeAttempts(20, MINUTE),
            builder.slowCallThreshold(MILLI).slowCallThreshold(Duration.ofMinutes(10)),
            builder.paymentTimeout(MILLI).paymentTimeout(Duration.ofMinutes(10)));
    assertThat(answers).containsOnly(builder);
    assertThatThrownBy(() -> builder.callsPerDeal(0)).hasMessageContaining("callsPerDeal 0");
    assertThatThrownBy(() -> builder.callsPerDeal(17)).hasMessageContaining("17");
    assertThatThrownBy(() -> builder.claimLinger(HOUR)).hasMessageContaining("claimLinger PT1H");
    assertThatThrownBy(() -> builder.settleLinger(HOUR)).hasMessageContaining("settleLinger PT1H");
    assertThatThrownBy(() -> builder.maxBatch(10_001)).hasMessageContaining("10001");
    assertThatThrownBy(() -> builder.orderTimeout(HOUR.plusNanos(1))).hasMessageContaining("PT1H");
  }

  @Test
  @DisplayName("only PAID and CANCELLED are final states")
  void finalStates() {
    assertThat(OrderState.values())
        .filteredOn(OrderState::isFinal)
        .containsExactly(
            OrderState.PAID, OrderState.CANCELLED, OrderState.RETURNING, OrderState.RETURNED);
  }

  @Test
  @DisplayName("a tally is balanced only if its units add up to the quantity and none are negative")
  void balance() {
    assertThat(tally(4, new Count(1, 2), new Count(1, 4)).isBalanced()).isTrue();
    assertThat(tally(0, new Count(1, 2), new Count(2, 8)).isBalanced()).isTrue();
    assertThat(tally(3, new Count(1, 2), new Count(1, 4)).isBalanced()).isFalse();
    assertThat(tally(-1, new Count(1, 2), new Count(1, 9)).isBalanced()).isFalse();
  }

  private static Tally tally(long left, Count reserved, Count paid) {
    return Tally.of(DealTerms.opened(Deal.of("deal", 10)), 10, left)
        .with(OrderState.RESERVED, reserved)
        .with(OrderState.PAID, paid);
  }

  @Test
  @DisplayName("a tally has rows if it has an order in any state")
  void rows() {
    Count one = new Count(1, 1);
    assertThat(tally(10, Count.NONE, Count.NONE).hasRows()).isFalse();
    assertThat(tally(9, one, Count.NONE).hasRows()).isTrue();
    assertThat(tally(9, Count.NONE, one).hasRows()).isTrue();
    for (OrderState state : OrderState.values()) {
      Tally tally = tally(9, Count.NONE, Count.NONE).with(state, one);
      assertThat(tally.hasRows()).as("%s", state).isTrue();
    }
  }

  @Test
  @DisplayName("a reconciliation is exact unless it is PENDING or BUSY, or the deal is unknown")
  void exactness() {
    Set<Outcome> exact =
        EnumSet.allOf(Outcome.class).stream()
            .filter(outcome -> new Reconciliation("deal", outcome, 1, 1, 0).isExact())
            .collect(Collectors.toSet());
    assertThat(exact)
        .containsExactlyInAnyOrder(
            Outcome.EXACT, Outcome.CORRECTED, Outcome.RESTORED, Outcome.NO_COUNTER);
    assertThat(Outcome.values())
        .as("with pending units")
        .noneMatch(outcome -> new Reconciliation("deal", outcome, 1, 1, 1).isExact());
  }

  @Test
  @DisplayName("a sweep found nothing only if it has no claims and no rows and is not BUSY")
  void sweeps() {
    assertThat(swept(0, 0, Outcome.EXACT).foundNothing()).isTrue();
    assertThat(swept(1, 0, Outcome.EXACT).foundNothing()).isFalse();
    assertThat(swept(0, 1, Outcome.EXACT).foundNothing()).isFalse();
    assertThat(swept(0, 0, Outcome.BUSY).foundNothing()).isFalse();
  }

  private static SweepReport swept(long claims, long rows, Outcome outcome) {
    Reconciliation reconciliation = new Reconciliation("deal", outcome, 1, 1, 0);
    return new SweepReport("deal", claims, rows, 0, 0, 0, 0, 0, 0, 0, reconciliation, List.of());
  }

  @Test
  @DisplayName(
      "a deal can be purged only if it is closed without RESERVED orders; a message says why not")
  void purge() {
    Count one = new Count(1, 1);
    Tally open = tally(10, Count.NONE, Count.NONE);
    DealTerms closed = new DealTerms(Deal.of("deal", 10), DealState.CLOSED, 2);
    Tally reserved = Tally.of(closed, 10, 9).with(OrderState.RESERVED, one);
    Tally returning = Tally.of(closed, 10, 10).with(OrderState.RETURNING, one);
    Tally done = Tally.of(closed, 10, 9).with(OrderState.PAID, one);
    assertThatThrownBy(returning::requirePurgeable).hasMessageContaining("has 1 orders");
    assertThatThrownBy(open::requirePurgeable)
        .hasMessageContaining("it is open and has 0 orders RESERVED")
        .hasMessageContaining("first close it");
    assertThatThrownBy(reserved::requirePurgeable)
        .hasMessageContaining("it is closed and has 1 orders RESERVED")
        .hasMessageNotContaining("first close it");
    assertThatCode(done::requirePurgeable).doesNotThrowAnyException();
  }

  @Test
  @DisplayName(
      "a search needs a deal or a buyer, a state that a row can have, and a limit in range")
  void searches() {
    assertThat(OrderQuery.ofDeal("deal").limit(1).limit()).isEqualTo(1);
    assertThat(OrderQuery.ofBuyer("buyer").limit(10_000).limit()).isEqualTo(10_000);
    for (int limit : List.of(0, 10_001)) {
      assertThatThrownBy(() -> OrderQuery.ofDeal("deal").limit(limit))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(Integer.toString(limit));
    }
    assertThatThrownBy(() -> OrderQuery.ofDeal("deal").inDeal(null))
        .hasMessageContaining("a deal id or a buyer id");
    assertThatThrownBy(() -> OrderQuery.ofDeal("deal").inStates()).hasMessageContaining("states");
    assertThatThrownBy(() -> OrderQuery.ofDeal("deal").inStates(OrderState.ABSENT))
        .hasMessageContaining("ABSENT");
    assertThatThrownBy(() -> OrderQuery.ofDeal("no/deal")).hasMessageContaining("deal id");
    assertThatThrownBy(() -> OrderQuery.ofBuyer("no/buyer")).hasMessageContaining("buyer id");
  }
}
