package io.hotdeal.simulation;

import io.hotdeal.Deal;
import io.hotdeal.DealEvent;
import io.hotdeal.Order;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderReturn;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Outbox;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.spi.Tally;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
                      deal.hold(),
                      deal.longestHold(),
                      deal.events()));
              return DONE;
            }
            return switch (method) {
              case "tally" -> log.tally((String) args[0]).map(this::fewer);
              case "balance" -> log.tally((String) args[0]).map(this::fewer).map(Tally::balance);
              default -> null;
            };
          },
          log);
    }

    private Tally fewer(Tally tally) {
      Deal deal = tally.deal();
      Deal smaller =
          new Deal(
              deal.id(),
              deal.quantity() - TOO_MANY,
              0,
              deal.opens(),
              deal.closes(),
              deal.hold(),
              deal.longestHold(),
              deal.events());
      return new Tally(
          new DealTerms(smaller, tally.terms().state(), tally.terms().version()),
          tally.quantity() - TOO_MANY,
          tally.left() - TOO_MANY,
          tally.writtenOff(),
          tally.counts());
    }
  },
  /** The log does not notice that a second payment is not the one that bought the order. */
  SECOND_PAYMENT_KEPT {
    @Override
    OrderLog in(OrderLog log) {
      return wrap(
          OrderLog.class,
          (method, args) -> method.equals("confirmHeld") ? confirm(log, payments(args)) : null,
          log);
    }

    @SuppressWarnings("unchecked")
    private List<HoldPayment> payments(Object[] args) {
      return (List<HoldPayment>) args[0];
    }

    private List<Optional<OrderSnapshot>> confirm(OrderLog log, List<HoldPayment> payments) {
      List<Optional<OrderSnapshot>> found = log.confirmHeld(payments);
      List<Optional<OrderSnapshot>> flawed = new ArrayList<>();
      for (int i = 0; i < payments.size(); i++) {
        String paymentId = payments.get(i).paymentId();
        flawed.add(found.get(i).map(it -> withPayment(it, paymentId)));
      }
      return flawed;
    }

    private OrderSnapshot withPayment(OrderSnapshot found, String paymentId) {
      OrderRecord row = found.row();
      return new OrderSnapshot(
          new OrderRecord(row.order(), row.state(), row.recordedAt(), row.until(), paymentId),
          found.before(),
          found.remaining());
    }
  },
  /** The log says that a hold expired, and does not end it. */
  EXPIRES_NOTHING {
    @Override
    OrderLog in(OrderLog log) {
      return wrap(
          OrderLog.class,
          (method, args) ->
              method.equals("endHolds") && args[1] == OrderState.EXPIRED
                  ? orders(args).stream().map(order -> OrderState.EXPIRED).toList()
                  : null,
          log);
    }

    @SuppressWarnings("unchecked")
    private List<Order> orders(Object[] args) {
      return (List<Order>) args[0];
    }
  },
  /** The log takes a return for complete before its buyer is refunded. */
  RETURNED_AT_ONCE {
    @Override
    OrderLog in(OrderLog log) {
      return wrap(
          OrderLog.class,
          (method, args) ->
              method.equals("giveBack")
                  ? log.giveBack(returns(args).stream().map(it -> it.withRefundDue(false)).toList())
                  : null,
          log);
    }

    @SuppressWarnings("unchecked")
    private List<OrderReturn> returns(Object[] args) {
      return (List<OrderReturn>) args[0];
    }
  },
  /** The outbox leaves out the first event of each page. */
  SKIPS_AN_EVENT {
    @Override
    OrderLog in(OrderLog log) {
      return wrap(
          OrderLog.class,
          (method, args) -> method.equals("outbox") ? skipping(log.outbox()) : null,
          log);
    }

    private Outbox skipping(Outbox outbox) {
      return wrap(
          Outbox.class,
          (method, args) -> {
            if (!method.equals("next")) {
              return null;
            }
            List<DealEvent> page =
                outbox.next((Outbox.Reader) args[0], (String) args[1], (Integer) args[2]);
            return page.size() < 2 ? page : page.subList(1, page.size());
          },
          outbox);
    }
  },
  /** The counter does not adopt the terms that it is given. */
  KEEPS_OLD_TERMS {
    @Override
    StockCounter in(StockCounter counter) {
      return wrap(
          StockCounter.class, (method, args) -> method.equals("change") ? DONE : null, counter);
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
