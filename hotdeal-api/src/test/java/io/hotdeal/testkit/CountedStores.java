package io.hotdeal.testkit;

import io.hotdeal.spi.Housekeeping;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.Outbox;
import io.hotdeal.spi.StockCounter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the calls of stores through their ports, those of the log's parts included. */
public final class CountedStores {

  /** Not calls of the store: they return a constant, or a part of the port. */
  private static final Set<String> FREE =
      Set.of("combinesDeals", "housekeeping", "outbox", "toString", "hashCode", "equals");

  private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();

  public OrderLog log(OrderLog log) {
    return wrap(OrderLog.class, log);
  }

  public StockCounter counter(StockCounter counter) {
    return wrap(StockCounter.class, counter);
  }

  /** All calls so far. */
  public long sum() {
    return calls.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** The calls so far by method. */
  public Map<String, Long> byMethod() {
    Map<String, Long> counts = new TreeMap<>();
    calls.forEach((method, count) -> counts.put(method, count.sum()));
    return counts;
  }

  /** The calls of one method so far. */
  public long of(String method) {
    return calls.getOrDefault(method, new LongAdder()).sum();
  }

  private <T> T wrap(Class<T> port, T store) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, args) -> {
              if (!FREE.contains(method.getName())) {
                calls.computeIfAbsent(method.getName(), it -> new LongAdder()).increment();
              }
              try {
                return wrapPart(method.invoke(store, args));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private Object wrapPart(Object answer) {
    if (answer instanceof Housekeeping part) {
      return wrap(Housekeeping.class, part);
    }
    return answer instanceof Outbox part ? wrap(Outbox.class, part) : answer;
  }
}
