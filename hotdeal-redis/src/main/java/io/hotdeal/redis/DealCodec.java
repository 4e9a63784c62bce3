package io.hotdeal.redis;

import io.hotdeal.Deal;
import io.hotdeal.DealState;
import io.hotdeal.Order;
import io.hotdeal.spi.DealTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A codec between deals or orders and what the scripts and the store hold of them. */
final class DealCodec {

  private DealCodec() {}

  /**
   * The terms of a deal: quantity, limit, opens, closes and hold. Times are in epoch milliseconds,
   * the hold in milliseconds.
   */
  static List<String> terms(Deal deal) {
    return LongStream.of(
            deal.quantity(),
            deal.limitPerBuyer(),
            deal.opens().toEpochMilli(),
            deal.closes().toEpochMilli(),
            deal.hold().toMillis())
        .mapToObj(Long::toString)
        .toList();
  }

  /** The same, then whether it is closed, whether it is paused, and the version of the terms. */
  static List<String> terms(DealTerms terms) {
    List<String> args = new ArrayList<>(terms(terms.deal()));
    args.addAll(state(terms));
    args.add(Long.toString(terms.version()));
    return args;
  }

  /** What can change of the terms: their version, limit, opens, closes, closed and paused. */
  static List<String> change(DealTerms terms) {
    Deal deal = terms.deal();
    List<String> args = new ArrayList<>();
    args.add(Long.toString(terms.version()));
    args.add(Long.toString(deal.limitPerBuyer()));
    args.add(Long.toString(deal.opens().toEpochMilli()));
    args.add(Long.toString(deal.closes().toEpochMilli()));
    args.addAll(state(terms));
    return args;
  }

  private static List<String> state(DealTerms terms) {
    return List.of(terms.closed() ? "1" : "0", terms.state() == DealState.PAUSED ? "1" : "0");
  }

  /** Decodes the state of a deal from two such flags. */
  static DealState readState(long closed, long paused) {
    if (closed == 1) {
      return DealState.CLOSED;
    }
    return paused == 1 ? DealState.PAUSED : DealState.OPEN;
  }

  /**
   * Decodes terms and their version from position {@code from} on; what they leave out is as in the
   * offered.
   */
  static DealTerms readTerms(Deal offered, ScriptReply answer, int from) {
    Deal deal =
        new Deal(
            offered.id(),
            answer.number(from),
            answer.number(from + 1),
            Instant.ofEpochMilli(answer.number(from + 2)),
            Instant.ofEpochMilli(answer.number(from + 3)),
            Duration.ofMillis(answer.number(from + 4)),
            offered.longestHold(),
            offered.events());
    return new DealTerms(deal, DealState.OPEN, answer.number(from + 5));
  }

  /** Orders as the scripts take them: per order its id, and its content as the store keeps it. */
  static List<String> orders(List<Order> orders) {
    List<String> args = new ArrayList<>(2 * orders.size() + 2);
    for (Order order : orders) {
      args.add(order.id());
      args.add(order.quantity() + ":" + order.buyerId());
    }
    return args;
  }

  /**
   * The same, followed by the units of all orders, or 0 where an id occurs twice; then, only if one
   * of them is a hold, by {@code payWithin} of all.
   */
  static List<String> claims(List<Order> orders) {
    List<String> args = orders(orders);
    args.add(Long.toString(unitsIfIdsDiffer(orders)));
    if (orders.stream().anyMatch(Order::isHold)) {
      args.add(holds(orders));
    }
    return args;
  }

  /** Orders followed by {@code payWithin} of all. */
  static List<String> postponements(List<Order> orders) {
    List<String> args = orders(orders);
    args.add(holds(orders));
    return args;
  }

  /** Milliseconds with commas between them, 0 for an order that is not a hold. */
  private static String holds(List<Order> orders) {
    return orders.stream()
        .map(order -> Long.toString(order.payWithin().toMillis()))
        .collect(Collectors.joining(","));
  }

  private static long unitsIfIdsDiffer(List<Order> orders) {
    Set<String> ids = new HashSet<>(2 * orders.size());
    long units = 0;
    for (Order order : orders) {
      if (!ids.add(order.id())) {
        return 0;
      }
      units += order.quantity();
    }
    return units;
  }

  /** Decodes a held claim of the store, {@code units:buyer:deadline}. */
  static HeldClaim readHeld(String dealId, String id, String text) {
    String[] parts = text.split(":", -1);
    return new HeldClaim(
        Order.of(id, dealId, parts[1], Long.parseLong(parts[0])), Long.parseLong(parts[2]));
  }
}
