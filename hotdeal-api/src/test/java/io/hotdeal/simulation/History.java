package io.hotdeal.simulation;

import io.hotdeal.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One history, from its first order to the final check of all stores. */
final class History {

  private static final int SPAN_MILLIS = 300;

  private final World world;
  private final Shop shop;
  private final Jvm home;
  private final List<Buyer> buyers = new ArrayList<>();
  private final List<HoldingBuyer> holders = new ArrayList<>();

  private History(World world, Shop shop, Jvm home) {
    this.world = world;
    this.shop = shop;
    this.home = home;
  }

  /** Runs the history of a seed; throws an AssertionError where an invariant does not hold. */
  static void run(long seed, Flaw flaw, List<String> trace) {
    Choices choices = Choices.seeded(seed);
    World world = new World(choices, true, trace);
    Jvm home = new Jvm(world, "the world");
    int budget = choices.of(5);
    Faults faults = new Faults(world, home, Faults.EVERY, 1 + choices.of(12), budget);
    Shop.Settings terms =
        new Shop.Settings(
            1 + choices.of(2),
            choices.of(2),
            choices.of(3) == 0 ? 3 : 0,
            choices.of(5) == 0,
            Duration.ofMillis(choices.of(2) == 0 ? 0 : 20),
            choices.of(4) == 0,
            choices.of(2) == 0);
    Shop shop = new Shop(world, home, faults, terms, flaw);
    shop.branch("A");
    shop.branch("B");
    History history = new History(world, shop, home);
    history.buyers(1 + choices.of(3), 2, true);
    history.holders(choices.of(2) == 0 ? 0 : 1 + choices.of(2));
    history.events(choices.of(3), shop::sweep);
    history.events(choices.of(3) == 0 ? 1 + choices.of(2) : 0, shop::failOver);
    history.events(choices.of(4) == 0 ? 1 : 0, shop::jump);
    history.events(choices.of(4) == 0 ? 1 : 0, shop::freeze);
    history.events(choices.of(4) == 0 ? 1 + choices.of(2) : 0, shop::change);
    history.events(choices.of(3), shop::deliver);
    history.events(choices.of(4), shop::keepHouse);
    shop.audit(history.buyers, history.holders);
  }

  /**
   * The bounds within which all histories are run, with one unit and without other faults.
   *
   * @param holders buyers who hold their order, and do one of all things that such buyers do
   * @param anyOrder whether events that are due at the same time happen in every order
   */
  record Bounds(int buyers, int holders, int crashes, boolean anyOrder) {}

  /** Runs the next of all histories within these bounds. */
  static void run(Choices choices, Bounds bounds, List<String> trace) {
    int crashes = bounds.crashes();
    World world = new World(choices, bounds.anyOrder(), trace);
    Jvm home = new Jvm(world, "the world");
    Faults faults = new Faults(world, home, Faults.CRASHES, 1, crashes);
    Shop shop =
        new Shop(
            world,
            home,
            faults,
            new Shop.Settings(1, 0, 0, false, Duration.ZERO, false, false),
            Flaw.NONE);
    shop.branch("A");
    if (crashes > 1) {
      shop.branch("B");
    }
    History history = new History(world, shop, home);
    history.coarseHolders(bounds.holders());
    history.buyers(bounds.buyers(), 1, false);
    shop.audit(history.buyers, history.holders);
  }

  private void buyers(int count, int retries, boolean apart) {
    for (int i = 1; i <= count; i++) {
      Order order = Order.of("order-" + i, shop.deal().id(), "buyer-" + i, 1);
      Buyer buyer = new Buyer(world, shop, home, order, retries);
      buyers.add(buyer);
      if (apart) {
        events(1, buyer::send);
      } else {
        world.at(home, 0, buyer::send);
      }
    }
  }

  private void holders(int count) {
    for (int i = 1; i <= count; i++) {
      Order order = Order.of("hold-" + i, shop.deal().id(), "holder-" + i, 1);
      HoldingBuyer holder = new HoldingBuyer(world, shop, home, order, false);
      holders.add(holder);
      events(1 + world.choices.of(2), holder::hold);
    }
  }

  private void coarseHolders(int count) {
    for (int i = 1; i <= count; i++) {
      Order order = Order.of("hold-" + i, shop.deal().id(), "holder-" + i, 1);
      HoldingBuyer holder = new HoldingBuyer(world, shop, home, order, true);
      holders.add(holder);
      world.at(home, 0, holder::hold);
    }
  }

  private void events(int count, Runnable action) {
    for (int i = 0; i < count; i++) {
      boolean early = world.choices.of(2) == 0; // half of them at about the same time
      int millis = world.choices.of(early ? 2 : SPAN_MILLIS);
      world.at(home, millis * 1_000_000L, action);
    }
  }
}
