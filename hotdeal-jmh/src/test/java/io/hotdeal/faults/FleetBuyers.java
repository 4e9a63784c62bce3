package io.hotdeal.faults;

import io.hotdeal.HotDeal;
import java.time.Duration;

/** How the buyers of a fleet's deals buy. */
interface FleetBuyers {

  /** Where the orders of a sale go. */
  Crowd.OrderTarget target(Fleet fleet, Sale sale);

  /** Where its orders are sent again, after the faults. */
  Crowd.OrderTarget again(HotDeal hotDeal);

  /** How long there are only refusals before a deal counts as sold out. */
  long pastTheEndMillis();

  /** They are charged when they order. */
  record Ordering() implements FleetBuyers {

    @Override
    public Crowd.OrderTarget target(Fleet fleet, Sale sale) {
      return fleet.hotDeal(sale.acks());
    }

    @Override
    public Crowd.OrderTarget again(HotDeal hotDeal) {
      return Crowd.OrderTarget.of(hotDeal);
    }

    @Override
    public long pastTheEndMillis() {
      return 1_000;
    }
  }

  /**
   * Their orders are held until they have paid elsewhere.
   *
   * @param longestMillis the longest time to pay
   */
  record Holding(int longestMillis) implements FleetBuyers {

    @Override
    public Crowd.OrderTarget target(Fleet fleet, Sale sale) {
      return new HeldOrders(fleet, sale, longestMillis);
    }

    /** A hold that is not in the log yet expires at once. */
    @Override
    public Crowd.OrderTarget again(HotDeal hotDeal) {
      return order -> hotDeal.holdAsync(order, Duration.ofMillis(1)).handle(Ack::kindOf);
    }

    /** After their deadline, and after the next sweep, units are on sale again. */
    @Override
    public long pastTheEndMillis() {
      return 1_000L + longestMillis;
    }
  }
}
