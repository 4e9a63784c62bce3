package io.hotdeal.simulation;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.spi.Tally;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * A defect that is put into a store or the bank on purpose, and that the simulator has to find.
 * Defects of the protocol itself are in the exhaustive model.
 */
enum Flaw {
  NONE,
  /** The log admits orders past the deal's quantity. */
  NO_QUANTITY_CHECK {
    private static final long TOO_MANY = 4;

    @Override
    OrderLog in(OrderLog log) {
      return wrap(
          OrderLog.class,
          (method, args) -> {
            if (method.equals("open")) {
              Deal deal = (Deal) args[0];
              log.open(
                  new Deal(
                      deal.id(),
                      deal.quantity() + TOO_MANY,
                      0,
                      deal.opens(),
                      deal.closes(),
                      deal.hold()));
              return DONE;
            }
            return method.equals("tally") ? log.tally((String) args[0]).map(this::fewer) : null;
          },
          log);
    }

    private Tally fewer(Tally tally) {
      Deal deal = tally.deal();
      return new Tally(
          new Deal(
              deal.id(), deal.quantity() - TOO_MANY, 0, deal.opens(), deal.closes(), deal.hold()),
          tally.quantity() - TOO_MANY,
          tally.left() - TOO_MANY,
          tally.reserved(),
          tally.paid(),
          tally.cancelled(),
          tally.closed());
    }
  },
  /** The bank does not prevent a later charge of an order that it was asked to void. */
  NO_VOID,
  /** The counter does not list one of its claims, which counts as if it were in the log. */
  HIDES_A_CLAIM {
    @Override
    StockCounter in(StockCounter counter) {
      return wrap(
          StockCounter.class,
          (method, args) -> {
            if (!method.equals("held") && !method.equals("overdue")) {
              return null;
            }
            List<Order> held = counter.held((String) args[0], (Integer) args[1]);
            return held.isEmpty() ? held : held.subList(1, held.size());
          },
          counter);
    }
  };

  private static final Object DONE = new Object();

  OrderLog in(OrderLog log) {
    return log;
  }

  StockCounter in(StockCounter counter) {
    return counter;
  }

  /** What a flawed method returns; null if the method is not flawed. */
  @FunctionalInterface
  interface Flawed {
    Object answer(String method, Object[] args);
  }

  private static <T> T wrap(Class<T> port, Flawed flawed, T store) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, args) -> {
              Object answer = flawed.answer(method.getName(), args);
              if (answer != null) {
                return answer == DONE ? null : answer;
              }
              try {
                return method.invoke(store, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
