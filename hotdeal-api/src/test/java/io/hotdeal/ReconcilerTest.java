package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.Reconciliation.Outcome;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.testkit.FaultyStores;
import io.hotdeal.testkit.Overriding;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The reconciler")
class ReconcilerTest {

  private static final String DEAL = "prod-001";

  private final FaultyStores faults = new FaultyStores();
  private final StockCounter counter = new InMemoryStockCounter();
  private final OrderLog log = new InMemoryOrderLog();
  private final Reconciler reconciler =
      Reconciler.of(faults.wrap(StockCounter.class, counter), faults.wrap(OrderLog.class, log));

  private static Order order(String id, long units) {
    return Order.of(id, DEAL, "buyer-" + id, units);
  }

  private void open(long quantity) {
    log.open(Deal.of(DEAL, quantity));
    counter.open(Deal.of(DEAL, quantity));
  }

  private void offer(long remaining) {
    Deal deal = log.tally(DEAL).orElseThrow().deal();
    assertThat(counter.restore(deal, remaining, counter.stock(DEAL).orElseThrow().version()))
        .isTrue();
  }

  private void expect(Outcome outcome, long before, long after) {
    expect(outcome, before, after, 0);
  }

  private void expect(Outcome outcome, long before, long after, long pending) {
    assertThat(reconciler.reconcile(DEAL))
        .isEqualTo(new Reconciliation(DEAL, outcome, before, after, pending));
    if (after > 0) {
      assertThat(counter.stock(DEAL).orElseThrow().remaining()).isEqualTo(after);
    }
  }

  @Test
  @DisplayName("does not change a counter that is right, while claims are pending")
  void exact() {
    open(10);
    counter.claim(List.of(order("a", 3), order("b", 2)));
    log.reserve(List.of(order("b", 2)), OrderState.RESERVED);
    expect(Outcome.PENDING, 5, 5, 3);
    assertThat(faults.calls("restore")).isZero();
  }

  @Test
  @DisplayName("corrects a counter that offers too many or too few units")
  void corrects() {
    open(10);
    counter.claim(List.of(order("a", 1), order("b", 1), order("c", 1)));
    log.reserve(List.of(order("b", 1)), OrderState.RESERVED);
    log.reserve(List.of(order("passed-by", 4)), OrderState.PAID);
    log.cancel(List.of(order("c", 1)));
    expect(Outcome.CORRECTED, 7, 3, 2);
    offer(0);
    expect(Outcome.CORRECTED, 0, 3, 2);
    expect(Outcome.PENDING, 3, 3, 2);
  }

  @Test
  @DisplayName("sets the counter to 0, not below, if more units are claimed than the log has left")
  void neverLessThanNothing() {
    open(2);
    offer(5);
    counter.claim(List.of(order("a", 3)));
    expect(Outcome.CORRECTED, 2, 0, 3);
    assertThat(counter.stock(DEAL).orElseThrow().remaining()).isZero();
  }

  @Test
  @DisplayName("counts a claim as pending if its id belongs to a different order in the log")
  void conflict() {
    open(10);
    counter.claim(List.of(order("a", 3)));
    log.reserve(List.of(order("a", 2)), OrderState.PAID);
    expect(Outcome.CORRECTED, 7, 5, 3);
  }

  @Test
  @DisplayName("corrects the counter after a restock")
  void restocked() {
    open(10);
    log.restock(DEAL, 5, "op-1");
    expect(Outcome.CORRECTED, 10, 15);
    log.restock(DEAL, -12, "op-2");
    expect(Outcome.CORRECTED, 15, 3);
  }

  @Test
  @DisplayName("restores a deal that the counter lost, unless the deal is closed")
  void restores() {
    log.open(Deal.of(DEAL, 10));
    log.reserve(List.of(order("a", 4)), OrderState.PAID);
    expect(Outcome.RESTORED, 0, 6);
    InMemoryStockCounter empty = new InMemoryStockCounter();
    log.close(DEAL);
    assertThat(Reconciler.of(empty, log).reconcile(DEAL).outcome()).isEqualTo(Outcome.NO_COUNTER);
    assertThat(empty.stock(DEAL)).isEmpty();
  }

  @Test
  @DisplayName("reports a restored deal by the first consistent result, once")
  void restoredWhileBusy() {
    log.open(Deal.of(DEAL, 100));
    faults.before("held", () -> counter.claim(List.of(fresh())));
    assertThat(reconciler.reconcile(DEAL).outcome()).isEqualTo(Outcome.BUSY);
    assertThat(counter.stock(DEAL)).as("restored").isPresent();
    faults.heal();
    assertThat(reconciler.reconcile(DEAL).outcome()).isEqualTo(Outcome.RESTORED);
    assertThat(reconciler.reconcile(DEAL).outcome()).isEqualTo(Outcome.PENDING);
  }

  @Test
  @DisplayName("closes a deal in the counter if it is closed in the log")
  void closes() {
    open(10);
    log.close(DEAL);
    expect(Outcome.EXACT, 10, 10);
    assertThat(counter.stock(DEAL).orElseThrow().closed()).isTrue();
  }

  @Test
  @DisplayName("opens a deal in the counter that was closed there, and not in the log")
  void opensAgain() {
    open(10);
    counter.close(DEAL);
    expect(Outcome.EXACT, 10, 10);
    assertThat(counter.stock(DEAL).orElseThrow().closed()).isFalse();
  }

  @Test
  @DisplayName("restores a deal again that the counter loses right after, up to four times")
  void lostAgain() {
    log.open(Deal.of(DEAL, 10));
    log.reserve(List.of(order("a", 4)), OrderState.PAID);
    faults.after(
        "restore",
        () -> {
          if (faults.calls("restore") < 5) {
            counter.close(DEAL);
            counter.purge(DEAL);
          }
        });
    expect(Outcome.RESTORED, 0, 6);
  }

  @Test
  @DisplayName("reads the rows of one full page of claims in one call, before and after")
  void fullPage() {
    open(10_000);
    counter.claim(IntStream.range(0, 5_000).mapToObj(i -> order("o-" + i, 1)).toList());
    expect(Outcome.PENDING, 5_000, 5_000, 5_000);
    assertThat(faults.calls("find")).isEqualTo(2);
  }

  @Test
  @DisplayName("reports UNKNOWN_DEAL if the log does not have the deal, and refuses an invalid id")
  void unknown() {
    expect(Outcome.UNKNOWN_DEAL, 0, 0);
    counter.open(Deal.of(DEAL, 1));
    assertThat(reconciler.reconcile(DEAL).outcome()).isEqualTo(Outcome.UNKNOWN_DEAL);
    assertThatThrownBy(() -> reconciler.reconcile("no/id"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("changes nothing while claims keep changing the counter, and corrects it afterwards")
  void counterMoves() {
    open(100);
    offer(50);
    faults.before("restore", () -> counter.claim(List.of(fresh())));
    assertThat(reconciler.reconcile(DEAL).outcome()).isEqualTo(Outcome.BUSY);
    assertThat(counter.stock(DEAL).orElseThrow().remaining()).isEqualTo(45);
    faults.heal();
    expect(Outcome.CORRECTED, 45, 95, 5);
  }

  @Test
  @DisplayName("reports BUSY if a claim arrives while the counter looks right")
  void counterMovesUnseen() {
    open(100);
    faults.before("held", () -> counter.claim(List.of(fresh())));
    assertThat(reconciler.reconcile(DEAL).outcome()).isEqualTo(Outcome.BUSY);
  }

  @Test
  @DisplayName(
      "changes nothing while orders of claims keep being reserved when it reads their rows")
  void reservedMeanwhile() {
    open(100);
    List<Order> claims = IntStream.range(0, 5).mapToObj(i -> order("o-" + i, 1)).toList();
    counter.claim(claims);
    offer(50);
    Iterator<Order> next = claims.iterator();
    faults.before("balance", () -> log.reserve(List.of(next.next()), OrderState.RESERVED));
    assertThat(reconciler.reconcile(DEAL).outcome()).isEqualTo(Outcome.BUSY);
    assertThat(counter.stock(DEAL).orElseThrow().remaining()).isEqualTo(50);
    assertThat(next.hasNext()).isFalse();
  }

  @Test
  @DisplayName(
      "changes nothing if the order of one claim is reserved, and that of another cancelled, so"
          + " that as many units are left")
  void asManyLeft() {
    open(100);
    Order late = order("late", 1);
    Order early = order("early", 1);
    counter.claim(List.of(late, early));
    log.reserve(List.of(early), OrderState.RESERVED);
    offer(50);
    faults.after(
        "balance",
        () -> {
          faults.heal();
          log.reserve(List.of(late), OrderState.RESERVED);
          log.cancel(List.of(early));
        });
    expect(Outcome.CORRECTED, 50, 98, 1);
    assertThat(faults.calls("balance")).isEqualTo(2);
  }

  @Test
  @DisplayName("corrects the counter although orders without a claim are sold meanwhile")
  void soldMeanwhile() {
    open(100);
    counter.claim(List.of(order("a", 1)));
    offer(50);
    faults.before("balance", () -> log.reserve(List.of(fresh()), OrderState.PAID));
    expect(Outcome.CORRECTED, 50, 98, 1);
  }

  @Test
  @DisplayName("does not count an order twice that is sold and settled while it reads")
  void settledMeanwhile() {
    open(10);
    Order quick = order("quick", 1);
    counter.claim(List.of(quick));
    offer(5);
    faults.before(
        "held",
        () -> {
          log.reserve(List.of(quick), OrderState.PAID);
          counter.settle(List.of(quick));
        });
    expect(Outcome.CORRECTED, 5, 9);
  }

  @Test
  @DisplayName("counts no orders of the deal: it never asks the log for the tally")
  void countsNothing() {
    open(10);
    counter.claim(List.of(order("a", 3)));
    log.reserve(List.of(order("b", 2)), OrderState.PAID);
    expect(Outcome.CORRECTED, 7, 5, 3);
    StockCounter empty = new InMemoryStockCounter();
    Reconciler restoring = Reconciler.of(empty, faults.wrap(OrderLog.class, log));
    assertThat(restoring.reconcile(DEAL).outcome()).isEqualTo(Outcome.RESTORED);
    assertThat(faults.calls("tally")).isZero();
  }

  @Test
  @DisplayName("fails with the store's exception, and does not change the counter")
  void broken() {
    open(10);
    offer(5);
    faults.refuse("balance");
    assertThatThrownBy(() -> reconciler.reconcile(DEAL))
        .isInstanceOf(NothingHappenedException.class)
        .hasMessageContaining("balance");
    assertThat(counter.stock(DEAL).orElseThrow().remaining()).isEqualTo(5);
  }

  private int made;

  private Order fresh() {
    made++;
    return order("fresh-" + made, 1);
  }

  @Test
  @DisplayName("reports BUSY if a unit is claimed and released while the counter looks right")
  void versionMoves() {
    open(100);
    faults.before(
        "held",
        () -> {
          Order brief = fresh();
          counter.claim(List.of(brief));
          counter.release(List.of(brief));
        });
    assertThat(reconciler.reconcile(DEAL).outcome()).isEqualTo(Outcome.BUSY);
  }

  @Test
  @DisplayName("reads the rows of 20,001 claims in five pages, twice")
  void manyClaims() {
    open(50_000);
    List<Order> claims = IntStream.range(0, 20_001).mapToObj(i -> order("o-" + i, 1)).toList();
    counter.claim(claims);
    log.reserve(claims.subList(4_000, 20_000), OrderState.RESERVED);
    offer(0);
    expect(Outcome.CORRECTED, 0, 29_999, 4_001);
    assertThat(faults.calls("find")).isEqualTo(10);
  }

  @Test
  @DisplayName(
      "changes nothing if more claims are held than it reads, which it does not read again at once")
  void tooManyClaims() {
    open(100);
    offer(50);
    StockCounter crowded =
        Overriding.of(
            StockCounter.class,
            counter,
            "held",
            args -> Collections.nCopies((int) args[1], order("held", 1)));
    StockCounter counted = faults.wrap(StockCounter.class, crowded);
    assertThat(Reconciler.of(counted, log).reconcile(DEAL).outcome()).isEqualTo(Outcome.BUSY);
    assertThat(counter.stock(DEAL).orElseThrow().remaining()).isEqualTo(50);
    assertThat(faults.calls("held")).as("not read again at once").isOne();
  }
}
