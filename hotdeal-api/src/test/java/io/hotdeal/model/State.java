package io.hotdeal.model;

import io.hotdeal.spi.OrderState;
import java.util.function.Predicate;

/**
 * The whole state at one instant: the counter and its replica, the log, the gateway, the attempts,
 * and what a reconciler and a restorer have read. Mutable; a few are reused for millions of states,
 * which are kept {@linkplain Packing packed}.
 *
 * <p>Resolvers have no state of their own: see {@link Resolvers}.
 */
@SuppressWarnings("EnumOrdinal") // packed into bits within one run, never kept
final class State {

  /** How far a reconciler has come. */
  enum Reconciling {
    NOT,
    KNOWS_VERSION,
    KNOWS_CLAIMS,
    KNOWS_TARGET;

    static final Reconciling[] ALL = values();
  }

  static final int NO_RESTORER = -1;

  private static final OrderState[] ROWS = OrderState.values();

  final Model model;
  private final int orders;
  private final int[] attempts;

  // The counter. A lagging replica holds what the counter held when it fell behind.
  boolean known = true;
  int remaining;
  boolean lagging;
  boolean replicaKnown;
  int replicaRemaining;
  int losses;

  // The log.
  int left;
  boolean closed;

  // A reconciler. Versions are never used twice, so all that matters is where its version is valid.
  Reconciling reconciling = Reconciling.NOT;
  boolean versionStands;
  boolean versionStandsAtReplica;
  int target;

  /** The units left that a restorer of a lost deal has read from the log. */
  int restorer = NO_RESTORER;

  /** Per order: row, money, claim, the replica's claim, whether the reconciler saw it held. */
  private final byte[] cells;

  private static final int ROW = 0;
  private static final int MONEY = 1;
  private static final int CLAIM = 2;
  private static final int REPLICA_CLAIM = 3;
  private static final int SEEN = 4;
  private static final int FIRST_ATTEMPT = 5;
  private static final int WIDTH = FIRST_ATTEMPT + Model.MOST_ATTEMPTS;

  State(Model model) {
    this.model = model;
    this.orders = model.orders();
    this.attempts = model.attempts().stream().mapToInt(each -> each).toArray();
    this.remaining = model.units();
    this.left = model.units();
    this.losses = model.losses();
    this.cells = new byte[orders * WIDTH];
  }

  void copy(State from) {
    known = from.known;
    remaining = from.remaining;
    lagging = from.lagging;
    replicaKnown = from.replicaKnown;
    replicaRemaining = from.replicaRemaining;
    losses = from.losses;
    left = from.left;
    closed = from.closed;
    reconciling = from.reconciling;
    versionStands = from.versionStands;
    versionStandsAtReplica = from.versionStandsAtReplica;
    target = from.target;
    restorer = from.restorer;
    System.arraycopy(from.cells, 0, cells, 0, cells.length);
  }

  OrderState row(int order) {
    return ROWS[cells[order * WIDTH + ROW]];
  }

  void row(int order, OrderState state) {
    cells[order * WIDTH + ROW] = (byte) state.ordinal();
  }

  boolean isRow(int order, OrderState state) {
    return cells[order * WIDTH + ROW] == state.ordinal();
  }

  Money money(int order) {
    return Money.ALL[cells[order * WIDTH + MONEY]];
  }

  void money(int order, Money verdict) {
    cells[order * WIDTH + MONEY] = (byte) verdict.ordinal();
  }

  Claim claim(int order) {
    return Claim.ALL[cells[order * WIDTH + CLAIM]];
  }

  void claim(int order, Claim claim) {
    cells[order * WIDTH + CLAIM] = (byte) claim.ordinal();
  }

  boolean isHeld(int order) {
    return cells[order * WIDTH + CLAIM] == Claim.HELD.ordinal();
  }

  Claim replicaClaim(int order) {
    return Claim.ALL[cells[order * WIDTH + REPLICA_CLAIM]];
  }

  void replicaClaim(int order, Claim claim) {
    cells[order * WIDTH + REPLICA_CLAIM] = (byte) claim.ordinal();
  }

  boolean seenHeld(int order) {
    return cells[order * WIDTH + SEEN] != 0;
  }

  void seenHeld(int order, boolean seen) {
    cells[order * WIDTH + SEEN] = (byte) (seen ? 1 : 0);
  }

  Stage stage(int order, int attempt) {
    return Stage.ALL[cells[order * WIDTH + FIRST_ATTEMPT + attempt]];
  }

  void stage(int order, int attempt, Stage stage) {
    cells[order * WIDTH + FIRST_ATTEMPT + attempt] = (byte) stage.ordinal();
  }

  int orders() {
    return orders;
  }

  int attempts(int order) {
    return attempts[order];
  }

  /** Whether an attempt of the order is at such a stage. */
  boolean anyAttempt(int order, Predicate<Stage> stages) {
    for (int k = 0; k < attempts[order]; k++) {
      if (stages.test(stage(order, k))) {
        return true;
      }
    }
    return false;
  }

  /** Whether no order is under way: no attempt runs, no claim is held, no row is RESERVED. */
  boolean isAtPeace() {
    for (int order = 0; order < orders; order++) {
      if (isHeld(order)
          || isRow(order, OrderState.RESERVED)
          || anyAttempt(order, Stage::isUnderWay)) {
        return false;
      }
    }
    return true;
  }
}
