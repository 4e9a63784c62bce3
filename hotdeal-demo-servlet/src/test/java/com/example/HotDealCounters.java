package com.example;

import io.hotdeal.HotDealException;
import io.hotdeal.HotDealListener;
import io.hotdeal.Order;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens in a HotDeal. */
public final class HotDealCounters implements HotDealListener {

  private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();

  @Override
  public void orderCompleted(OrderCompleted event) {
    Object outcome = event.result() != null ? event.result() : event.failure();
    add("order." + outcome.getClass().getSimpleName(), 1); // order.Placed, order.SoldOut
    add("order.nanos", event.elapsed().toNanos());
  }

  @Override
  public void batchCompleted(BatchCompleted event) {
    String call = event.store().name() + "." + event.verb(); // ORDER_LOG.reserve
    add(call + ".calls", 1);
    add(call + ".orders", event.orders());
    add(call + ".nanos", event.elapsed().toNanos());
    add(call + ".failures", event.failure() == null ? 0 : 1);
  }

  @Override
  public void breakerOpened(Store store, HotDealException cause) {
    add(store.name() + ".breaker-opened", 1);
  }

  @Override
  public void refundInDoubt(Order order, String reason) {
    add("refund-in-doubt", 1);
  }

  private void add(String name, long amount) {
    counters.computeIfAbsent(name, it -> new LongAdder()).add(amount);
  }

  /** Every counter so far, by name. */
  public Map<String, Long> read() {
    Map<String, Long> read = new TreeMap<>();
    counters.forEach((name, counter) -> read.put(name, counter.sum()));
    return read;
  }
}
