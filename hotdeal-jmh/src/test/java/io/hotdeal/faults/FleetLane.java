package io.hotdeal.faults;

import io.hotdeal.Deal;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** The kinds of deals that a fleet sells side by side. */
enum FleetLane {
  /** Nobody may have more than a few, and hardly anybody goes away with fewer. */
  LIMITED(1_000, 4_000, 6, 3, 12),
  /** Whoever comes, as much as there is. */
  UNLIMITED(2_000, 8_000, 0, 3, 16),
  /** Orders of many units, so that the last ones do not fit. */
  BULK(4_000, 12_000, 0, 7, 12),
  /** Gone as soon as it is open. */
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

  /** Some stock, of so much of the usual size. */
  Deal deal(double size) {
    long quantity = (long) (size * ThreadLocalRandom.current().nextLong(fewest, most));
    return Deal.of(Stage.dealId(name().toLowerCase(Locale.ROOT)), Math.max(5, quantity))
        .withLimitPerBuyer(limit)
        .withHold(Sale.HOLD);
  }

  /** Under a limit there are enough buyers to buy everything, and not many more. */
  Orders orders(Deal deal) {
    int buyers = limit == 0 ? 5_000 : (int) (2 * deal.quantity() / limit + 10);
    return new Orders(deal.id(), buyers, mostUnits);
  }
}
