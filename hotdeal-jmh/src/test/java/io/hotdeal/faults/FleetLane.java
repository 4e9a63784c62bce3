package io.hotdeal.faults;

import io.hotdeal.Deal;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** The kinds of deals that a fleet sells concurrently. */
enum FleetLane {
  /** With a low limit per buyer, which most buyers reach. */
  LIMITED(1_000, 4_000, 6, 3, 12),
  /** Without a limit per buyer. */
  UNLIMITED(2_000, 8_000, 0, 3, 16),
  /** With orders of several units, so that the last ones do not fit. */
  BULK(4_000, 12_000, 0, 7, 12),
  /** With so few units that it is sold out at once. */
  TINY(20, 80, 2, 1, 12);

  private final int fewest;
  private final int most;
  private final int limit;
  private final int mostUnits;
  private final int atOnce;

  FleetLane(int fewest, int most, int limit, int mostUnits, int atOnce) {
    this.fewest = fewest;
    this.most = most;
    this.limit = limit;
    this.mostUnits = mostUnits;
    this.atOnce = atOnce;
  }

  int atOnce() {
    return atOnce;
  }

  /** A deal with a random stock, multiplied by the given size. */
  Deal deal(double size) {
    long quantity = (long) (size * ThreadLocalRandom.current().nextLong(fewest, most));
    return Deal.of(Stage.dealId(name().toLowerCase(Locale.ROOT)), Math.max(5, quantity))
        .withLimitPerBuyer(limit)
        .withHold(Sale.HOLD);
  }

  /** Under a limit there are just enough buyers to buy everything. */
  Orders orders(Deal deal) {
    int buyers = limit == 0 ? 5_000 : (int) (2 * deal.quantity() / limit + 10);
    return new Orders(deal.id(), buyers, mostUnits);
  }
}
