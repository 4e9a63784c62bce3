package io.hotdeal.model;

import io.hotdeal.model.State.Reconciling;
import io.hotdeal.spi.OrderState;

/**
 * Packs a state into a long, the orders, and an int, the rest.
 *
 * <p>Attempts of one order run the same program and are not identified anywhere, and neither are
 * orders with equally many attempts. So states that differ only in their numbering are packed alike
 * (symmetry reduction): the stages of an order are sorted, and so are such orders. Whatever one of
 * these states leads to, the other leads to with another numbering.
 */
@SuppressWarnings("EnumOrdinal") // packed into bits within one run, never kept
final class Packing {

  private static final int STAGE_BITS = 5;
  private static final int ORDER_BITS = 9;

  private static final OrderState[] ROWS = OrderState.values();
  private static final long STAGE_MASK = (1 << STAGE_BITS) - 1;

  private final int[] attempts;
  private final int[] stages = new int[Model.MOST_ATTEMPTS];
  private final long[] blocks;

  Packing(Model model) {
    this.attempts = model.attempts().stream().mapToInt(each -> each).toArray();
    this.blocks = new long[attempts.length];
  }

  int rest(State state) {
    int bits = state.known ? 1 : 0;
    bits = bits << 3 | unsigned(state.remaining, 3);
    bits = bits << 1 | (state.lagging ? 1 : 0);
    bits = bits << 1 | (state.replicaKnown ? 1 : 0);
    bits = bits << 3 | unsigned(state.replicaRemaining, 3);
    bits = bits << 2 | unsigned(state.losses, 2);
    bits = bits << 3 | unsigned(state.left + Model.MOST_ATTEMPTS, 3);
    bits = bits << 1 | (state.closed ? 1 : 0);
    bits = bits << 2 | state.reconciling.ordinal();
    bits = bits << 1 | (state.versionStands ? 1 : 0);
    bits = bits << 1 | (state.versionStandsAtReplica ? 1 : 0);
    bits = bits << 3 | unsigned(state.target, 3);
    return bits << 2 | unsigned(state.restorer + 1, 2);
  }

  private static int unsigned(int value, int bits) {
    if (value < 0 || value >= 1 << bits) {
      throw new IllegalStateException(value + " does not fit into " + bits + " bits");
    }
    return value;
  }

  long orders(State state) {
    for (int order = 0; order < attempts.length; order++) {
      blocks[order] = block(state, order);
    }
    for (int i = 1; i < blocks.length; i++) {
      for (int j = i; j > 0 && attempts[j] == attempts[j - 1] && blocks[j] > blocks[j - 1]; j--) {
        long swapped = blocks[j];
        blocks[j] = blocks[j - 1];
        blocks[j - 1] = swapped;
      }
    }
    long bits = 0;
    for (int order = 0; order < attempts.length; order++) {
      bits = bits << width(order) | blocks[order];
    }
    return bits;
  }

  private int width(int order) {
    return ORDER_BITS + STAGE_BITS * attempts[order];
  }

  private long block(State state, int order) {
    long bits = state.row(order).ordinal();
    bits = bits << 2 | state.money(order).ordinal();
    bits = bits << 2 | state.claim(order).ordinal();
    bits = bits << 2 | state.replicaClaim(order).ordinal();
    bits = bits << 1 | (state.seenHeld(order) ? 1 : 0);
    sortStages(state, order);
    for (int k = 0; k < attempts[order]; k++) {
      bits = bits << STAGE_BITS | stages[k];
    }
    return bits;
  }

  private void sortStages(State state, int order) {
    for (int k = 0; k < attempts[order]; k++) {
      int stage = state.stage(order, k).ordinal();
      int at = k;
      while (at > 0 && stages[at - 1] < stage) {
        stages[at] = stages[at - 1];
        at--;
      }
      stages[at] = stage;
    }
  }

  void unpack(long orders, int rest, State state) {
    unpackRest(rest, state);
    long bits = orders;
    for (int order = attempts.length - 1; order >= 0; order--) {
      for (int k = attempts[order] - 1; k >= 0; k--) {
        state.stage(order, k, Stage.ALL[(int) (bits & STAGE_MASK)]);
        bits >>>= STAGE_BITS;
      }
      state.seenHeld(order, (bits & 1) != 0);
      state.replicaClaim(order, Claim.ALL[(int) (bits >>> 1 & 3)]);
      state.claim(order, Claim.ALL[(int) (bits >>> 3 & 3)]);
      state.money(order, Money.ALL[(int) (bits >>> 5 & 3)]);
      state.row(order, ROWS[(int) (bits >>> 7 & 3)]);
      bits >>>= ORDER_BITS;
    }
  }

  private static void unpackRest(int rest, State state) {
    int bits = rest;
    state.restorer = (bits & 3) - 1;
    state.target = (bits >>>= 2) & 7;
    state.versionStandsAtReplica = ((bits >>>= 3) & 1) != 0;
    state.versionStands = ((bits >>>= 1) & 1) != 0;
    state.reconciling = Reconciling.ALL[(bits >>>= 1) & 3];
    state.closed = ((bits >>>= 2) & 1) != 0;
    state.left = ((bits >>>= 1) & 7) - Model.MOST_ATTEMPTS;
    state.losses = (bits >>>= 3) & 3;
    state.replicaRemaining = (bits >>>= 2) & 7;
    state.replicaKnown = ((bits >>>= 3) & 1) != 0;
    state.lagging = ((bits >>>= 1) & 1) != 0;
    state.remaining = (bits >>>= 1) & 7;
    state.known = (bits >>> 3 & 1) != 0;
  }

  /** What the {@link Aftermath} depends on. */
  long shared(State state) {
    long bits = state.known ? 1 : 0;
    bits = bits << 3 | state.remaining;
    bits = bits << 3 | (state.left + Model.MOST_ATTEMPTS);
    for (int order = 0; order < attempts.length; order++) {
      bits = bits << 2 | state.row(order).ordinal();
      bits = bits << 2 | state.money(order).ordinal();
      bits = bits << 2 | state.claim(order).ordinal();
      bits = bits << 1 | (state.anyAttempt(order, Stage::toldPlaced) ? 1 : 0);
      bits = bits << 1 | (state.anyAttempt(order, Stage::toldDeclined) ? 1 : 0);
    }
    return bits;
  }
}
