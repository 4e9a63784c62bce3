package io.hotdeal.oracle.internal.store;

import io.hotdeal.Deal;
import io.hotdeal.DealChange;
import io.hotdeal.DealConflictException;
import io.hotdeal.Ids;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OrderQuery;
import io.hotdeal.ReserveResult;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
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
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An order log in tables. Its {@link ReserveStrategy} decides how it reserves. Thread-safe. */
public final class JdbcOrderLog implements OrderLog {

  private final JdbcStore store;
  private final ReserveStrategy strategy;
  private final OrderQueries queries;
  private final Outbox outbox;

  public JdbcOrderLog(JdbcStore store, ReserveStrategy strategy) {
    this.store = store;
    this.strategy = strategy;
    this.queries = new OrderQueries(store);
    this.outbox = new JdbcOutbox(store);
  }

  @Override
  public boolean combinesDeals() {
    return strategy.combinesDeals();
  }

  @Override
  public void open(Deal deal) {
    DealTerms standing =
        store.transactionsOnTime().writeAll(connection -> open(connection, DealTerms.opened(deal)));
    if (!standing.isOpenedBy(deal)) {
      throw new DealConflictException("log", standing.deal(), deal);
    }
  }

  private DealTerms open(Connection connection, DealTerms terms) throws SQLException {
    Deal deal = terms.deal();
    if (!store.tables().insertDeal(connection, terms, deal.quantity())) {
      return DealTotals.terms(connection, deal.id());
    }
    if (deal.events()) {
      Jdbc.update(connection, OutboxSql.ENABLE, deal.id());
    }
    return terms;
  }

  @Override
  public List<ReserveResult> reserve(List<Order> orders, OrderState as) {
    if (as != OrderState.RESERVED && as != OrderState.PAID) {
      throw new IllegalArgumentException("orders are written as RESERVED or PAID, not " + as);
    }
    return orders.isEmpty() ? List.of() : strategy.reserve(List.copyOf(orders), as);
  }

  @Override
  public List<OrderState> confirm(List<Order> orders) {
    return orders.isEmpty() ? List.of() : new ConfirmCall(store).confirm(List.copyOf(orders));
  }

  @Override
  public List<OrderState> cancel(List<Order> orders) {
    return CallsByDeal.call(List.copyOf(orders), some -> decisions().cancel(some));
  }

  private OrderDecisions decisions() {
    return new OrderDecisions(store.tables(), store.transactions());
  }

  @Override
  public List<Optional<OrderSnapshot>> confirmHeld(List<HoldPayment> payments) {
    return CallsByDeal.call(List.copyOf(payments), some -> holds().confirm(some));
  }

  @Override
  public List<Optional<OrderSnapshot>> extend(List<HoldExtension> extensions) {
    return CallsByDeal.call(List.copyOf(extensions), some -> holds().extend(some));
  }

  @Override
  public List<OrderState> endHolds(List<Order> orders, OrderState as) {
    if (as != OrderState.EXPIRED && as != OrderState.CANCELLED) {
      throw new IllegalArgumentException("holds end as EXPIRED or CANCELLED, not " + as);
    }
    return CallsByDeal.call(List.copyOf(orders), some -> holds().end(some, as));
  }

  private HoldDecisions holds() {
    return new HoldDecisions(store.tables(), store.transactionsOnTime());
  }

  @Override
  public List<OrderRecord> overdueHolds(String dealId, int limit) {
    return queries.overdueHolds(dealId, limit);
  }

  @Override
  public List<Optional<OrderSnapshot>> giveBack(List<OrderReturn> returns) {
    return CallsByDeal.call(List.copyOf(returns), some -> returns().giveBack(some));
  }

  @Override
  public List<OrderState> finishReturns(List<Order> orders) {
    return CallsByDeal.call(List.copyOf(orders), some -> returns().finish(some));
  }

  private ReturnDecisions returns() {
    return new ReturnDecisions(store.tables(), store.transactions());
  }

  @Override
  public List<OrderRecord> returning(String dealId, int limit) {
    return queries.returning(dealId, limit);
  }

  @Override
  public List<Optional<OrderRecord>> find(String dealId, List<String> orderIds) {
    return queries.find(dealId, orderIds);
  }

  @Override
  public List<OrderRecord> orders(OrderQuery query) {
    return new OrderSearch(query).run(store.transactions());
  }

  @Override
  public List<OrderRecord> unresolved(String dealId, Duration olderThan, int limit) {
    return queries.unresolved(dealId, olderThan, limit);
  }

  @Override
  public List<OrderRecord> paid(String dealId, String afterOrderId, int limit) {
    return queries.paid(dealId, afterOrderId, limit);
  }

  @Override
  public void restock(String dealId, long units, String operationId) {
    Ids.check("deal id", dealId);
    Ids.check("operation id", operationId);
    if (units == 0) {
      throw new IllegalArgumentException("restock of deal " + dealId + " by 0 units");
    }
    Optional<NothingHappenedException> refusal =
        store.transactions().writeAll(new Restock(store.tables(), dealId, units, operationId));
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  @Override
  public Optional<Tally> tally(String dealId) {
    Ids.check("deal id", dealId);
    return store.transactionsOnTime().read(connection -> DealTotals.tally(connection, dealId));
  }

  @Override
  public Optional<DealBalance> balance(String dealId) {
    Ids.check("deal id", dealId);
    return store.transactionsOnTime().read(connection -> DealTotals.balance(connection, dealId));
  }

  @Override
  public DealTerms change(String dealId, DealChange change) {
    Ids.check("deal id", dealId);
    return store.transactions().writeAll(new ChangeTerms(store.tables(), dealId, change));
  }

  @Override
  public long purge(String dealId) {
    Ids.check("deal id", dealId);
    OptionalLong deleted;
    do {
      deleted =
          store
              .transactions()
              .writeAll(connection -> DealTotals.purge(connection, store.tables(), dealId));
    } while (deleted.isEmpty());
    return deleted.getAsLong();
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  @Override
  public Housekeeping housekeeping() {
    return new JdbcHousekeeping(store);
  }
}
