package io.hotdeal.model;

/**
 * The counter's verbs on a {@link State}; each is atomic, like one script.
 *
 * <p>Every claim, release and restore changes the version; settling does not. The model does not
 * close the counter with the deal, because that makes no difference: an attempt whose claim is
 * refused as Closed goes on to the log, or ends, like any refused attempt.
 */
final class Counter {

  private Counter() {}

  /** Claims a unit for the order; returns false if none is left. */
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

  /** Creates the deal if the counter does not know it. */
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

  /** Deletes all data: claims, settled ids and the deal itself. */
  static void wipe(State state) {
    state.known = false;
    state.remaining = 0;
    for (int order = 0; order < state.orders(); order++) {
      state.claim(order, Claim.NONE);
    }
    changeVersion(state);
  }

  /** From now on the replica gets no more writes. */
  static void fallBehind(State state) {
    state.lagging = true;
    state.replicaKnown = state.known;
    state.replicaRemaining = state.remaining;
    state.versionStandsAtReplica = state.versionStands;
    for (int order = 0; order < state.orders(); order++) {
      state.replicaClaim(order, state.claim(order));
    }
  }

  /** Promotes the replica: writes that it did not get are lost, and the version goes back, too. */
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
