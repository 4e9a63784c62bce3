package io.hotdeal;

import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A search for orders in the log: of a buyer, of a deal, or of both; by state and by the time at
 * which they were recorded; one page at a time, newest first.
 *
 * <pre>{@code
 * OrderQuery query = OrderQuery.ofBuyer("buyer-42").inStates(OrderState.PAID).limit(50);
 * List<OrderRecord> page = hotDeal.orders(query);
 * List<OrderRecord> next = hotDeal.orders(query.after(page.get(page.size() - 1)));
 * }</pre>
 *
 * <p>Pages are by key, not by offset: an order that is recorded meanwhile moves no other, and a
 * later page costs no more than the first. Orders are sorted by the time at which they were
 * recorded, then by deal id, then by order id, as the store sorts ids.
 *
 * @param dealId null for all deals, if there is a buyer
 * @param buyerId null for all buyers, if there is a deal
 * @param states at least one, none of them {@link OrderState#ABSENT}
 * @param from the earliest time, inclusive
 * @param until the latest time, exclusive
 * @param after the last order of the previous page, null for the first page
 * @param limit the most orders to return, 1 to 10,000; only the last page has fewer
 */
public record OrderQuery(
    @Nullable String dealId,
    @Nullable String buyerId,
    Set<OrderState> states,
    Instant from,
    Instant until,
    @Nullable OrderRecord after,
    int limit) {

  /** The greatest limit. */
  public static final int MAX_LIMIT = 10_000;

  private static final int DEFAULT_LIMIT = 100;

  private static final Set<OrderState> EVERY = EnumSet.complementOf(EnumSet.of(OrderState.ABSENT));

  public OrderQuery {
    if (dealId == null && buyerId == null) {
      throw new IllegalArgumentException("a search needs a deal id or a buyer id");
    }
    if (dealId != null) {
      Ids.check("deal id", dealId);
    }
    if (buyerId != null) {
      Ids.check("buyer id", buyerId);
    }
    states = Set.copyOf(states);
    if (states.isEmpty() || states.contains(OrderState.ABSENT)) {
      throw new IllegalArgumentException("no order is in one of the states " + states);
    }
    from = from.truncatedTo(ChronoUnit.MILLIS);
    until = until.truncatedTo(ChronoUnit.MILLIS);
    Ranges.check("limit", limit, 1, MAX_LIMIT);
  }

  /** All orders of a buyer, 100 per page. */
  public static OrderQuery ofBuyer(String buyerId) {
    return new OrderQuery(null, buyerId, EVERY, Deal.ALWAYS, Deal.NEVER, null, DEFAULT_LIMIT);
  }

  /** All orders of a deal, 100 per page. */
  public static OrderQuery ofDeal(String dealId) {
    return new OrderQuery(dealId, null, EVERY, Deal.ALWAYS, Deal.NEVER, null, DEFAULT_LIMIT);
  }

  /** The same search, only for orders of this deal. */
  public OrderQuery inDeal(String id) {
    return new OrderQuery(id, buyerId, states, from, until, after, limit);
  }

  /** The same search, only for orders of this buyer. */
  public OrderQuery byBuyer(String id) {
    return new OrderQuery(dealId, id, states, from, until, after, limit);
  }

  /** The same search, only for orders that are in one of these states now. */
  public OrderQuery inStates(OrderState... some) {
    return new OrderQuery(dealId, buyerId, Set.copyOf(List.of(some)), from, until, after, limit);
  }

  /** The same search, only for orders recorded from (inclusive) until (exclusive) these times. */
  public OrderQuery recordedBetween(Instant earliest, Instant latest) {
    return new OrderQuery(dealId, buyerId, states, earliest, latest, after, limit);
  }

  /** The page after this order, the last one of the previous page. */
  public OrderQuery after(OrderRecord last) {
    return new OrderQuery(dealId, buyerId, states, from, until, last, limit);
  }

  /** The same search with pages of so many orders. */
  public OrderQuery limit(int orders) {
    return new OrderQuery(dealId, buyerId, states, from, until, after, orders);
  }
}
