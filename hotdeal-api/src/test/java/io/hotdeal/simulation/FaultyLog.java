package io.hotdeal.simulation;

import io.hotdeal.Deal;
import io.hotdeal.DealChange;
import io.hotdeal.Order;
import io.hotdeal.OrderQuery;
import io.hotdeal.ReserveResult;
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
import java.util.List;
import java.util.Optional;

/** The log as one process calls it, with faults. */
record FaultyLog(Jvm process, OrderLog log, Faults faults) implements OrderLog {

  @Override
  public void open(Deal deal) {
    run("open the log", () -> log.open(deal));
  }

  @Override
  public List<ReserveResult> reserve(List<Order> orders, OrderState as) {
    return faults.call(
        process, "reserve " + FaultyCounter.ids(orders), () -> log.reserve(orders, as));
  }

  @Override
  public List<OrderState> confirm(List<Order> orders) {
    return faults.call(process, "confirm " + FaultyCounter.ids(orders), () -> log.confirm(orders));
  }

  @Override
  public List<OrderState> cancel(List<Order> orders) {
    return faults.call(process, "cancel " + FaultyCounter.ids(orders), () -> log.cancel(orders));
  }

  @Override
  public List<Optional<OrderSnapshot>> confirmHeld(List<HoldPayment> payments) {
    return faults.call(
        process, "confirm holds " + FaultyCounter.ids(payments), () -> log.confirmHeld(payments));
  }

  @Override
  public List<Optional<OrderSnapshot>> extend(List<HoldExtension> extensions) {
    return faults.call(
        process, "extend " + FaultyCounter.ids(extensions), () -> log.extend(extensions));
  }

  @Override
  public List<OrderState> endHolds(List<Order> orders, OrderState as) {
    return faults.call(
        process,
        "end holds of " + FaultyCounter.ids(orders) + " as " + as,
        () -> log.endHolds(orders, as));
  }

  @Override
  public List<OrderRecord> overdueHolds(String dealId, int limit) {
    return faults.call(process, "look for overdue holds", () -> log.overdueHolds(dealId, limit));
  }

  @Override
  public List<Optional<OrderRecord>> find(String dealId, List<String> orderIds) {
    return faults.call(process, "find " + orderIds, () -> log.find(dealId, orderIds));
  }

  @Override
  public List<OrderRecord> orders(OrderQuery query) {
    return faults.call(process, "search orders", () -> log.orders(query));
  }

  @Override
  public List<OrderRecord> unresolved(String dealId, Duration olderThan, int limit) {
    return faults.call(
        process, "look for old rows", () -> log.unresolved(dealId, olderThan, limit));
  }

  @Override
  public List<OrderRecord> paid(String dealId, String afterOrderId, int limit) {
    return faults.call(process, "read paid rows", () -> log.paid(dealId, afterOrderId, limit));
  }

  @Override
  public void restock(String dealId, long units, String operationId) {
    run("restock by " + units, () -> log.restock(dealId, units, operationId));
  }

  @Override
  public Optional<Tally> tally(String dealId) {
    return faults.call(process, "read the tally", () -> log.tally(dealId));
  }

  @Override
  public Optional<DealBalance> balance(String dealId) {
    return faults.call(process, "read the balance", () -> log.balance(dealId));
  }

  @Override
  public List<Optional<OrderSnapshot>> giveBack(List<OrderReturn> returns) {
    return faults.call(
        process, "give back " + FaultyCounter.ids(returns), () -> log.giveBack(returns));
  }

  @Override
  public List<OrderState> finishReturns(List<Order> orders) {
    return faults.call(
        process, "finish returns of " + FaultyCounter.ids(orders), () -> log.finishReturns(orders));
  }

  @Override
  public List<OrderRecord> returning(String dealId, int limit) {
    return faults.call(process, "look for returns", () -> log.returning(dealId, limit));
  }

  @Override
  public DealTerms change(String dealId, DealChange change) {
    return faults.call(process, "change the log: " + change, () -> log.change(dealId, change));
  }

  @Override
  public Outbox outbox() {
    return new FaultyOutbox(process, log.outbox(), faults);
  }

  @Override
  public Housekeeping housekeeping() {
    return new FaultyHousekeeping(process, log.housekeeping(), faults);
  }

  @Override
  public long purge(String dealId) {
    return faults.call(process, "purge the log", () -> log.purge(dealId));
  }

  private void run(String what, Runnable effect) {
    boolean unused =
        faults.call(
            process,
            what,
            () -> {
              effect.run();
              return true;
            });
  }
}
