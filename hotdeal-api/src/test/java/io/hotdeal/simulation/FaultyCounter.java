package io.hotdeal.simulation;

import io.hotdeal.ClaimResult;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.OrderKey;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The counter as one process calls it, with faults. */
record FaultyCounter(Jvm process, SimulatedRedis redis, Faults faults) implements StockCounter {

  @Override
  public void open(Deal deal) {
    write("open the counter", counter -> counter.open(deal));
  }

  @Override
  public List<ClaimResult> claim(List<Order> orders) {
    return faults.call(
        process,
        "claim " + ids(orders),
        () -> {
          List<ClaimResult> answers = new ArrayList<>();
          redis.write(
              counter -> {
                answers.clear();
                answers.addAll(counter.claim(orders));
              });
          return List.copyOf(answers);
        });
  }

  @Override
  public void postpone(List<Order> orders) {
    write("postpone " + ids(orders), counter -> counter.postpone(orders));
  }

  @Override
  public void settle(List<Order> orders) {
    write("settle " + ids(orders), counter -> counter.settle(orders));
  }

  @Override
  public void release(List<Order> orders) {
    write("release " + ids(orders), counter -> counter.release(orders));
  }

  @Override
  public void giveBack(List<Order> orders) {
    write("give back at the counter " + ids(orders), counter -> counter.giveBack(orders));
  }

  @Override
  public Optional<Stock> stock(String dealId) {
    return faults.call(process, "read the stock", () -> redis.counter().stock(dealId));
  }

  @Override
  public List<Order> overdue(String dealId, int limit) {
    return faults.call(
        process, "look for overdue claims", () -> redis.counter().overdue(dealId, limit));
  }

  @Override
  public List<Order> held(String dealId, int limit) {
    return faults.call(process, "look for claims", () -> redis.counter().held(dealId, limit));
  }

  @Override
  public boolean restore(DealTerms terms, long remaining, long ifVersion) {
    return faults.call(
        process,
        "restore to " + remaining + " at version " + ifVersion,
        () -> {
          boolean[] done = new boolean[1];
          redis.write(counter -> done[0] = counter.restore(terms, remaining, ifVersion));
          return done[0];
        });
  }

  @Override
  public void change(DealTerms terms) {
    write("change the counter to " + terms, counter -> counter.change(terms));
  }

  @Override
  public void close(String dealId) {
    write("close the counter", counter -> counter.close(dealId));
  }

  @Override
  public void purge(String dealId) {
    write("purge the counter", counter -> counter.purge(dealId));
  }

  private void write(String what, Consumer<StockCounter> command) {
    boolean unused =
        faults.call(
            process,
            what,
            () -> {
              redis.write(command);
              return true;
            });
  }

  static String ids(List<? extends OrderKey> orders) {
    return orders.size() == 1
        ? orders.get(0).id()
        : orders.stream().map(OrderKey::id).toList().toString();
  }
}
