package io.hotdeal.simulation;

import io.hotdeal.HotDeal;
import io.hotdeal.HotDealException;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.spi.OrderState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A buyer who holds an order and pays on a payment page: in time or late, once or twice, or not at
 * all. The bank reports each payment to any of the shop's processes, again and again until one of
 * them has answered, and sometimes once more.
 */
final class HoldingBuyer {

  private static final int MOST_REPORTS = 3;
  private static final int SPAN_MILLIS = 250;
  private static final Duration COARSE_TIME_TO_PAY = Duration.ofMillis(50);
  private static final long REPORT_AGAIN_NANOS = 120_000_000;

  private final World world;
  private final Shop shop;
  private final Jvm home;
  final Order order;
  final Duration payWithin;
  private final boolean coarse;
  boolean toldPlaced;
  boolean toldDeclined;
  private boolean holds;

  /** The payments that no process has answered yet. */
  private final Set<String> unanswered = new LinkedHashSet<>();

  /** What each payment was answered, the first time. */
  private final Map<String, OrderResult> answers = new LinkedHashMap<>();

  /**
   * A buyer who has done nothing yet.
   *
   * @param coarse whether what takes time takes either none or longer than the hold, so that all
   *     histories can be run
   */
  HoldingBuyer(World world, Shop shop, Jvm home, Order order, boolean coarse) {
    this.world = world;
    this.shop = shop;
    this.home = home;
    this.order = order;
    this.coarse = coarse;
    this.payWithin = coarse ? COARSE_TIME_TO_PAY : Duration.ofMillis(20 + world.choices.of(150));
  }

  // the hold

  /** Sends the hold to one of the shop's processes, if any is alive. */
  void hold() {
    at(
        "hold " + order.id(),
        hotDeal -> hotDeal.holdAsync(order, payWithin),
        this::hearHold,
        broken -> {
          if (world.choices.of(2) == 0) {
            world.at(home, millis(60), this::hold);
          }
        });
  }

  private void hearHold(OrderResult result) {
    if (result instanceof OrderResult.Held) {
      Shop.require(
          shop.state(order) != OrderState.ABSENT && shop.state(order) != OrderState.RESERVED,
          order.id() + " was told Held, and is " + shop.state(order));
      if (!holds) {
        holds = true;
        world.at(home, millis(SPAN_MILLIS), this::act);
      }
    } else {
      hear(result);
    }
  }

  private void act() {
    switch (world.choices.of(6)) {
      case 0 -> {}
      case 1 -> cancel();
      case 2 -> {
        extend();
        world.at(home, millis(SPAN_MILLIS), this::pay);
      }
      case 3 -> {
        pay();
        cancel();
      }
      case 4 -> {
        pay();
        payElsewhere();
      }
      default -> pay();
    }
  }

  private void cancel() {
    at(
        "cancel " + order.id(),
        hotDeal -> hotDeal.cancelAsync(order.dealId(), order.id(), "by the buyer"),
        this::hear,
        broken -> {});
  }

  private void extend() {
    at(
        "extend " + order.id(),
        hotDeal -> hotDeal.extendAsync(order.dealId(), order.id(), shop.logNow().plusMillis(150)),
        this::hear,
        broken -> {});
  }

  // payments

  private void pay() {
    String payment = "page-" + order.id();
    if (shop.bank().pay(order.id(), payment)) {
      world.tell(order.id() + " is PAID on the page");
      reports(payment);
    }
  }

  private void payElsewhere() {
    String payment = "elsewhere-" + order.id();
    shop.bank().payElsewhere(order.id(), payment);
    world.tell(order.id() + " is PAID once more");
    reports(payment);
  }

  private void reports(String payment) {
    unanswered.add(payment);
    world.at(home, millis(SPAN_MILLIS), () -> report(payment, MOST_REPORTS));
  }

  /** Reports a payment; if it is not answered, a few times more, and again in the end. */
  private void report(String payment, int left) {
    boolean[] done = new boolean[1];
    confirm(
        payment,
        () -> {
          done[0] = true;
          if (!coarse && world.choices.oneIn(4)) {
            world.at(home, millis(SPAN_MILLIS), () -> confirm(payment, () -> {}));
          }
        });
    if (left > 1) {
      world.at(
          home,
          REPORT_AGAIN_NANOS,
          () -> {
            if (!done[0]) {
              report(payment, left - 1);
            }
          });
    }
  }

  private void confirm(String payment, Runnable answered) {
    at(
        "confirm " + payment,
        hotDeal -> hotDeal.confirmAsync(order.dealId(), order.id(), payment),
        result -> {
          hearConfirm(payment, result);
          answered.run();
        },
        broken -> {});
  }

  /** Reports what was not answered, when the faults have ended. */
  void reportTheRest() {
    for (String payment : Set.copyOf(unanswered)) {
      confirm(payment, () -> {});
    }
  }

  boolean isAnswered() {
    return unanswered.isEmpty();
  }

  private void hearConfirm(String payment, OrderResult result) {
    unanswered.remove(payment);
    OrderResult before = answers.putIfAbsent(payment, result);
    boolean returned = result instanceof OrderResult.Returned;
    Shop.require(
        before == null || before.getClass() == result.getClass() || returned,
        payment + " was told " + before + ", and then " + result);
    if (result instanceof OrderResult.PaymentRefused refused) {
      shop.paymentRefused(refused);
    } else {
      Shop.require(
          result instanceof OrderResult.Placed || returned,
          payment + " was told " + result + ", no verdict");
    }
    hear(result);
  }

  /** The payments that bought the order, as their answers say. */
  long placedBy() {
    return answers.values().stream().filter(OrderResult.Placed.class::isInstance).count();
  }

  // answers

  private void hear(OrderResult result) {
    if (result instanceof OrderResult.Placed) {
      Shop.require(shop.isSold(order), order.id() + " was told Placed, is not PAID");
      if (!toldPlaced) {
        shop.mayGiveBack(order, home);
      }
      toldPlaced = true;
    } else if (result instanceof OrderResult.Declined) {
      toldDeclined = true;
      Shop.require(
          shop.state(order) == OrderState.CANCELLED,
          order.id() + " was told Declined, and is " + shop.state(order));
    }
  }

  private void at(
      String what,
      Function<HotDeal, CompletableFuture<OrderResult>> call,
      Consumer<OrderResult> hear,
      Consumer<Throwable> failed) {
    Shop.Branch branch = shop.anyBranch();
    if (branch == null) {
      return;
    }
    world.tell(branch.process() + " is asked to " + what);
    var unused =
        call.apply(branch.hotDeal())
            .whenComplete(
                (result, broken) -> {
                  if (branch.process().isAlive()) {
                    told(what, result, broken, hear, failed);
                  }
                });
  }

  private void told(
      String what,
      OrderResult result,
      Throwable broken,
      Consumer<OrderResult> hear,
      Consumer<Throwable> failed) {
    if (broken == null) {
      world.tell(what + " is TOLD " + result);
      hear.accept(result);
      return;
    }
    Throwable cause = broken instanceof CompletionException ? broken.getCause() : broken;
    if (!(cause instanceof HotDealException)) {
      throw new AssertionError(what + " was told what is no answer", cause);
    }
    world.tell(what + " is TOLD " + cause.getMessage());
    failed.accept(cause);
  }

  private long millis(int most) {
    int millis = coarse ? world.choices.of(2) * most : world.choices.of(most);
    return millis * 1_000_000L;
  }
}
