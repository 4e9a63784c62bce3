package io.hotdeal.simulation;

import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import java.util.concurrent.CompletionException;

/** A buyer with one order, who may send it several times, and the results that they got. */
final class Buyer {

  private static final long PATIENCE_NANOS = 150_000_000;

  private final World world;
  private final Shop shop;
  private final Jvm home;
  final Order order;
  int attempts;
  boolean toldPlaced;
  boolean toldDeclined;
  private int retriesLeft;

  Buyer(World world, Shop shop, Jvm home, Order order, int retries) {
    this.world = world;
    this.shop = shop;
    this.home = home;
    this.order = order;
    this.retriesLeft = retries;
  }

  /** Sends the order to one of the shop's processes, if any is alive. */
  void send() {
    Shop.Branch branch = shop.anyBranch();
    if (branch == null) {
      return;
    }
    attempts++;
    int attempt = attempts;
    Order sent = attempt == 1 ? order.asFirstAttempt() : order;
    world.tell(order.id() + " is sent to " + branch.process() + ", attempt " + attempt);
    boolean[] answered = new boolean[1];
    var unused =
        branch
            .hotDeal()
            .orderAsync(sent)
            .whenComplete(
                (result, broken) -> {
                  if (branch.process().isAlive()) {
                    answered[0] = true;
                    hear(result, broken);
                  }
                });
    world.at(home, PATIENCE_NANOS, () -> resendUnless(answered));
  }

  private void resendUnless(boolean[] answered) {
    if (!answered[0]) {
      resend();
    }
  }

  private void resend() {
    if (retriesLeft > 0 && world.choices.of(2) == 0) {
      retriesLeft--;
      send();
    }
  }

  private void hear(OrderResult result, Throwable broken) {
    if (broken != null) {
      hearFailure(broken instanceof CompletionException ? broken.getCause() : broken);
      return;
    }
    if (world.isTraced()) {
      world.tell(order.id() + " is TOLD " + result);
    }
    if (result instanceof OrderResult.Placed) {
      shop.requirePaid(this);
      if (!toldPlaced) {
        shop.mayGiveBack(order, home);
      }
      toldPlaced = true;
    } else if (result instanceof OrderResult.Declined) {
      toldDeclined = true;
    } else if (result instanceof OrderResult.Returned) {
      shop.requirePaid(this);
    } else {
      resend();
    }
    if (toldPlaced && toldDeclined) {
      throw new AssertionError(order.id() + " was told Placed and Declined");
    }
  }

  private void hearFailure(Throwable broken) {
    if (!(broken instanceof HotDealException)) {
      throw new AssertionError(order.id() + " was told what is no answer", broken);
    }
    world.tell(order.id() + " is TOLD " + broken.getMessage());
    if (broken instanceof NothingHappenedException && attempts == 1) {
      shop.requireNoTrace(order);
    }
    resend();
  }
}
