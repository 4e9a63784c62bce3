package io.hotdeal.simulation;

import io.hotdeal.NothingHappenedException;
import io.hotdeal.OutcomeUnknownException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Decides the outcome of every call between a process and a store, as long as there is budget. */
final class Faults {

  /** The possible outcomes of a call. */
  enum Fault {
    /** It takes effect and is answered. */
    NONE,
    /** It has no effect, and the caller is told so. */
    REFUSED,
    /** It takes effect, and the answer is lost. */
    REPLY_LOST,
    /** It is not answered, and takes effect later. */
    LATE,
    /** The process dies before it sends it. */
    CRASH_BEFORE,
    /** The process dies before it reads the answer. */
    CRASH_AFTER,
    /** The process dies, and what it sent takes effect later. */
    CRASH_LATE
  }

  static final List<Fault> EVERY = List.of(Fault.values());
  static final List<Fault> CRASHES = List.of(Fault.NONE, Fault.CRASH_BEFORE, Fault.CRASH_AFTER);

  private static final long LATEST_MILLIS = 200;

  private final World world;
  private final Jvm stores;
  private final List<Fault> kinds;
  private final int rarity;
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
  private int budget;

  /**
   * Creates faults of these kinds.
   *
   * @param rarity one call in so many has a fault; 1 to choose among all kinds for every call
   */
  Faults(World world, Jvm stores, List<Fault> kinds, int rarity, int budget) {
    this.world = world;
    this.stores = stores;
    this.kinds = kinds;
    this.rarity = rarity;
    this.budget = budget;
  }

  /** Ends all faults. */
  void end() {
    budget = 0;
  }

  boolean mayHappen() {
    return budget > 0;
  }

  void spend() {
    budget--;
  }

  Map<Fault, Integer> counts() {
    return counts;
  }

  /** Makes a call, with or without a fault. */
  <T> T call(Jvm process, String what, Supplier<T> effect) {
    process.requireAlive();
    Fault fault = draw();
    if (fault == Fault.CRASH_BEFORE) {
      world.tell(process + " was about to " + what);
      process.kill();
      throw new Jvm.Died();
    }
    if (fault == Fault.REFUSED) {
      world.tell(process + " " + what + ": refused");
      throw new NothingHappenedException("simulated");
    }
    if (fault == Fault.LATE || fault == Fault.CRASH_LATE) {
      late(process, what, effect);
    } else {
      T answer = effect.get();
      if (world.isTraced()) {
        world.tell(process + " " + what + " -> " + answer);
      }
      if (fault == Fault.NONE) {
        return answer;
      }
    }
    throw noAnswer(process, fault);
  }

  private OutcomeUnknownException noAnswer(Jvm process, Fault fault) {
    if (fault == Fault.CRASH_AFTER || fault == Fault.CRASH_LATE) {
      process.kill();
      throw new Jvm.Died();
    }
    world.tell(process + " gets no answer");
    return new OutcomeUnknownException("simulated");
  }

  private void late(Jvm process, String what, Supplier<?> effect) {
    long delay = (1 + world.choices.of((int) LATEST_MILLIS)) * 1_000_000L;
    world.at(
        stores,
        delay,
        () -> {
          try {
            Object answer = effect.get();
            world.tell(process + "'s late " + what + " takes effect: " + answer);
          } catch (NothingHappenedException e) {
            world.tell(process + "'s late " + what + " is refused: " + e.getMessage());
          }
        });
  }

  private Fault draw() {
    if (budget == 0 || (rarity > 1 && !world.choices.oneIn(rarity))) {
      return Fault.NONE;
    }
    Fault fault = kinds.get(world.choices.of(kinds.size()));
    if (fault != Fault.NONE) {
      budget--;
      counts.merge(fault, 1, Integer::sum);
    }
    return fault;
  }
}
