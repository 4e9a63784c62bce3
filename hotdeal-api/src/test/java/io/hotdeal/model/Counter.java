package io.hotdeal.model;

/**
 * The gate's verbs on a {@link State}: each is one script, atomic.
 *
 * <p>Every claim, release and restore changes the version; settling does not. That the counter is
 * closed too when the deal is makes no difference here: a claim refused as Closed goes on to the
 * log, or ends, like any that is refused.
 */
final class Counter {

  private Counter() {}

  /** Takes a unit under this id; false where nothing is left. */
  static boolean claim(State state, int order) {
    if (state.claim(order) != Claim.NONE) {
      return true; // replayed
    }
    if (state.remaining == 0) {
      return false;
    }
    state.remaining--;
    state.claim(order, Claim.HELD);
    changeVersion(state);
    return true;
  }

  static void settle(State state, int order) {
    if (state.known) {
      boolean forgets = state.model.has(Shortcut.FORGET_SETTLED);
      state.claim(order, forgets ? Claim.NONE : Claim.SETTLED);
    }
  }

  static void release(State state, int order) {
    if (state.known && state.isHeld(order)) {
      state.claim(order, Claim.NONE);
      state.remaining++;
      changeVersion(state);
    }
  }

  /** Sets up a deal that is not known; nothing where it is. */
  static void create(State state, int remaining) {
    if (!state.known) {
      state.known = true;
      state.remaining = remaining;
      changeVersion(state);
    }
  }

  static void correct(State state, int remaining) {
    if (state.remaining != remaining) {
      state.remaining = remaining;
      changeVersion(state);
    }
  }

  /** Everything is gone: claims, settled ids, the deal itself. */
  static void wipe(State state) {
    state.known = false;
    state.remaining = 0;
    for (int order = 0; order < state.orders(); order++) {
      state.claim(order, Claim.NONE);
    }
    changeVersion(state);
  }

  /** From here on the replica gets no more writes. */
  static void fallBehind(State state) {
    state.lagging = true;
    state.replicaKnown = state.known;
    state.replicaRemaining = state.remaining;
    state.versionStandsAtReplica = state.versionStands;
    for (int order = 0; order < state.orders(); order++) {
      state.replicaClaim(order, state.claim(order));
    }
  }

  /** The replica is promoted: what it did not get is forgotten, the version goes back with it. */
  static void failOver(State state) {
    state.known = state.replicaKnown;
    state.remaining = state.replicaRemaining;
    state.versionStands = state.versionStandsAtReplica;
    state.lagging = false;
    state.replicaKnown = false;
    state.replicaRemaining = 0;
    state.versionStandsAtReplica = false;
    for (int order = 0; order < state.orders(); order++) {
      state.claim(order, state.replicaClaim(order));
      state.replicaClaim(order, Claim.NONE);
    }
  }

  private static void changeVersion(State state) {
    state.versionStands = false;
  }
}
