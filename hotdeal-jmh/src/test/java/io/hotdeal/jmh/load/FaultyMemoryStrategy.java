package io.hotdeal.jmh.load;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.jmh.strategy.Stores;
import io.hotdeal.jmh.strategy.Strategy;
import io.hotdeal.jmh.strategy.StrategyFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Sells from memory, or makes a mistake with one order in ten. */
public class FaultyMemoryStrategy implements Strategy {

  /** The mistake with one order in ten. */
  public enum Mistake {
    NONE,
    /** Acknowledged, not stored. */
    LOST,
    /** Stored, whatever is left. */
    OVERSOLD,
    /** An exception. */
    FAILED,
    /** Refused, though units are left. */
    REFUSED
  }

  private final Mistake mistake;
  private final Map<String, Deal> deals = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> sold = new ConcurrentHashMap<>();
  private final AtomicLong orders = new AtomicLong();

  public FaultyMemoryStrategy(Mistake mistake) {
    this.mistake = mistake;
  }

  /** Creates the given strategy, whatever the stores are. */
  public static StrategyFactory factory(Strategy strategy) {
    return factory(stores -> strategy);
  }

  /** Creates what the given function does. */
  static StrategyFactory factory(Function<Stores, Strategy> maker) {
    return new StrategyFactory() {
      @Override
      public String name() {
        return "memory";
      }

      @Override
      public String describe() {
        return "a map";
      }

      @Override
      public Set<Promise> promises() {
        return Set.of(Promise.ASYNC);
      }

      @Override
      public Strategy make(Stores stores) {
        return maker.apply(stores);
      }
    };
  }

  @Override
  public void open(List<Deal> opened) {
    for (Deal deal : opened) {
      deals.put(deal.id(), deal);
      sold.put(deal.id(), new AtomicLong());
    }
  }

  @Override
  public Answer sell(Order order) {
    boolean tenth = orders.incrementAndGet() % 10 == 0;
    AtomicLong count = sold.get(order.dealId());
    if (tenth && mistake == Mistake.LOST) {
      return Answer.SOLD;
    } else if (tenth && mistake == Mistake.FAILED) {
      throw new IllegalStateException("the tenth fails");
    } else if (tenth && mistake == Mistake.REFUSED) {
      return Answer.SOLD_OUT;
    }
    long limit = deals.get(order.dealId()).quantity();
    if (tenth && mistake == Mistake.OVERSOLD) {
      count.incrementAndGet();
      return Answer.SOLD;
    }
    return count.getAndUpdate(it -> it < limit ? it + 1 : it) < limit
        ? Answer.SOLD
        : Answer.SOLD_OUT;
  }

  /** Completed before it returns. */
  @Override
  public CompletionStage<Answer> sellAsync(Order order) {
    return CompletableFuture.completedFuture(sell(order));
  }

  @Override
  public long sold(String dealId) {
    return sold.get(dealId).get();
  }

  @Override
  public void close() {}
}
