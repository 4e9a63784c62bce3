package io.hotdeal.memory;

import io.hotdeal.Deal;
import io.hotdeal.DealChange;
import io.hotdeal.DealConflictException;
import io.hotdeal.Ids;
import io.hotdeal.Order;
import io.hotdeal.OrderKey;
import io.hotdeal.OrderQuery;
import io.hotdeal.Refusal;
import io.hotdeal.ReserveResult;
import io.hotdeal.UnknownDealException;
import io.hotdeal.spi.CallsByDeal;
import io.hotdeal.spi.DealBalance;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.HoldExtension;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.Housekeeping;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderReturn;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Outbox;
import io.hotdeal.spi.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The reference implementation of the order log: a map of deals under one lock.
 *
 * <p>Thread-safe. Its data is lost when the process ends, so it is for tests and demonstrations,
 * not for sales.
 */
public final class InMemoryOrderLog implements OrderLog {

  private static final Comparator<OrderRecord> NEWEST_FIRST =
      Comparator.comparing(OrderRecord::recordedAt)
          .thenComparing(row -> row.order().dealId())
          .thenComparing(row -> row.order().id())
          .reversed();

  private final Map<String, LoggedDeal> deals = new HashMap<>();
  private final InstantSource clock;
  private final Housekeeping housekeeping = new InMemoryHousekeeping(this);

  /** Creates a log that uses the system's clock. */
  public InMemoryOrderLog() {
    this(InstantSource.system());
  }

  /** Creates a log that uses {@code clock} for the deals' windows and the age of rows. */
  public InMemoryOrderLog(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public boolean combinesDeals() {
    return true;
  }

  @Override
  public synchronized void open(Deal deal) {
    LoggedDeal standing = deals.putIfAbsent(deal.id(), new LoggedDeal(deal, clock));
    if (standing != null && !standing.terms().isOpenedBy(deal)) {
      throw new DealConflictException("log", standing.terms().deal(), deal);
    }
  }

  @Override
  public synchronized List<ReserveResult> reserve(List<Order> orders, OrderState as) {
    if (as != OrderState.RESERVED && as != OrderState.PAID) {
      throw new IllegalArgumentException("orders are written as RESERVED or PAID, not " + as);
    }
    Instant now = clock.instant();
    return forEach(
        orders,
        (deal, order) ->
            deal.map(d -> d.reserve(order, as, now)).orElseGet(Refusal.UnknownDeal::new));
  }

  @Override
  public synchronized List<OrderState> confirm(List<Order> orders) {
    return states(orders, LoggedDeal::confirm);
  }

  @Override
  public synchronized List<OrderState> cancel(List<Order> orders) {
    Instant now = clock.instant();
    return forEach(
        orders,
        (deal, order) ->
            deal.orElseThrow(() -> new UnknownDealException(order.dealId())).cancel(order, now));
  }

  @Override
  public synchronized List<Optional<OrderSnapshot>> confirmHeld(List<HoldPayment> payments) {
    return forEach(payments, (deal, payment) -> deal.flatMap(it -> it.confirmHeld(payment)));
  }

  @Override
  public synchronized List<Optional<OrderSnapshot>> extend(List<HoldExtension> extensions) {
    Instant now = clock.instant();
    return forEach(extensions, (deal, it) -> deal.flatMap(known -> known.extend(it, now)));
  }

  @Override
  public synchronized List<OrderState> endHolds(List<Order> orders, OrderState as) {
    if (as != OrderState.EXPIRED && as != OrderState.CANCELLED) {
      throw new IllegalArgumentException("holds end as EXPIRED or CANCELLED, not " + as);
    }
    Instant now = clock.instant();
    return states(orders, (deal, order) -> deal.endHold(order, as, now));
  }

  @Override
  public synchronized List<OrderRecord> overdueHolds(String dealId, int limit) {
    requireAtLeastOne(limit);
    Instant now = clock.instant();
    return known(dealId).stream()
        .flatMap(deal -> deal.rows.values().stream())
        .filter(row -> row.isOverdueAt(now))
        .sorted(
            Comparator.comparing(
                OrderRecord::until, Comparator.nullsLast(Comparator.naturalOrder())))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Optional<OrderSnapshot>> giveBack(List<OrderReturn> returns) {
    return forEach(returns, (deal, it) -> deal.flatMap(known -> known.giveBack(it)));
  }

  @Override
  public synchronized List<OrderState> finishReturns(List<Order> orders) {
    return states(orders, LoggedDeal::finishReturn);
  }

  @Override
  public synchronized List<OrderRecord> returning(String dealId, int limit) {
    requireAtLeastOne(limit);
    return known(dealId).stream()
        .flatMap(deal -> deal.rows.values().stream())
        .filter(row -> row.state() == OrderState.RETURNING)
        .sorted(Comparator.comparing(row -> row.order().id()))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Optional<OrderRecord>> find(String dealId, List<String> orderIds) {
    orderIds.forEach(id -> Ids.check("order id", id));
    Optional<LoggedDeal> deal = known(dealId);
    return orderIds.stream().map(id -> deal.map(d -> d.rows.get(id))).toList();
  }

  @Override
  public synchronized List<OrderRecord> unresolved(String dealId, Duration olderThan, int limit) {
    requireAtLeastOne(limit);
    Instant until = clock.instant().minus(olderThan);
    return known(dealId).stream()
        .flatMap(deal -> deal.rows.values().stream())
        .filter(row -> row.state() == OrderState.RESERVED && !row.recordedAt().isAfter(until))
        .sorted(Comparator.comparing(OrderRecord::recordedAt))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<OrderRecord> paid(String dealId, String afterOrderId, int limit) {
    requireAtLeastOne(limit);
    return known(dealId).stream()
        .flatMap(deal -> deal.rows.values().stream())
        .filter(row -> row.state() == OrderState.PAID)
        .filter(row -> row.order().id().compareTo(afterOrderId) > 0)
        .sorted(Comparator.comparing(row -> row.order().id()))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<OrderRecord> orders(OrderQuery query) {
    OrderRecord last = query.after();
    return deals.values().stream()
        .filter(deal -> query.dealId() == null || deal.terms().deal().id().equals(query.dealId()))
        .flatMap(deal -> deal.rows.values().stream())
        .filter(row -> query.buyerId() == null || row.order().buyerId().equals(query.buyerId()))
        .filter(row -> query.states().contains(row.state()))
        .filter(row -> !row.recordedAt().isBefore(query.from()))
        .filter(row -> row.recordedAt().isBefore(query.until()))
        .filter(row -> last == null || NEWEST_FIRST.compare(row, last) > 0)
        .sorted(NEWEST_FIRST)
        .limit(query.limit())
        .toList();
  }

  private static void requireAtLeastOne(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is not at least 1");
    }
  }

  @Override
  public synchronized void restock(String dealId, long units, String operationId) {
    Ids.check("operation id", operationId);
    if (units == 0) {
      throw new IllegalArgumentException("restock of deal " + dealId + " by 0 units");
    }
    opened(dealId).restock(units, operationId);
  }

  @Override
  public synchronized Optional<Tally> tally(String dealId) {
    return known(dealId).map(LoggedDeal::tally);
  }

  @Override
  public synchronized Optional<DealBalance> balance(String dealId) {
    return known(dealId).map(LoggedDeal::balance);
  }

  @Override
  public synchronized DealTerms change(String dealId, DealChange change) {
    return opened(dealId).change(change);
  }

  @Override
  public synchronized long purge(String dealId) {
    return opened(dealId).purge();
  }

  @Override
  public Outbox outbox() {
    return new InMemoryOutbox(this);
  }

  @Override
  public Housekeeping housekeeping() {
    return housekeeping;
  }

  Instant now() {
    return clock.instant();
  }

  Optional<LoggedDeal> known(String dealId) {
    return Optional.ofNullable(deals.get(Ids.check("deal id", dealId)));
  }

  private LoggedDeal opened(String dealId) {
    return known(dealId).orElseThrow(() -> new UnknownDealException(dealId));
  }

  /** The states after an action on the rows of a deal; ABSENT if it is not known. */
  private List<OrderState> states(
      List<Order> orders, BiFunction<LoggedDeal, Order, OrderState> action) {
    return forEach(
        orders,
        (deal, order) -> deal.isEmpty() ? OrderState.ABSENT : action.apply(deal.get(), order));
  }

  private <I extends OrderKey, O> List<O> forEach(List<I> items, RowAction<I, O> action) {
    return CallsByDeal.call(items, group -> forEachOfOneDeal(group, action));
  }

  private <I extends OrderKey, O> List<O> forEachOfOneDeal(List<I> items, RowAction<I, O> action) {
    Optional<LoggedDeal> deal = known(items.get(0).dealId());
    List<O> answers = new ArrayList<>(items.size());
    for (I item : items) {
      answers.add(action.apply(deal, item));
    }
    deal.ifPresent(LoggedDeal::tellWhetherSoldOut);
    return answers;
  }

  @FunctionalInterface
  private interface RowAction<I, O> {
    O apply(Optional<LoggedDeal> deal, I item);
  }
}
