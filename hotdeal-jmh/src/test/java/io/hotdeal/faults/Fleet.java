package io.hotdeal.faults;

import io.hotdeal.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Processes that sell the same deals, half of them by Jedis, half by Lettuce. The order's id
 * chooses the process of a first attempt; a retry goes to another one.
 */
final class Fleet implements AutoCloseable {

  private final List<FleetSeller> sellers = new ArrayList<>();
  private final Set<String> deals = ConcurrentHashMap.newKeySet();

  Fleet(Shop shop, int size) {
    for (int i = 0; i < size; i++) {
      Client client = i % 2 == 0 ? Client.LETTUCE : Client.JEDIS;
      sellers.add(FleetSeller.start(shop.withClient(client)));
    }
  }

  /** Makes each process sweep the deal from now on. */
  void sweep(String dealId) {
    deals.add(dealId);
    sellers.forEach(seller -> seller.say("deal " + dealId));
  }

  void sweepNoLonger(String dealId) {
    deals.remove(dealId);
    sellers.forEach(seller -> seller.say("over " + dealId));
  }

  /** The fleet as the target of the orders for one deal. */
  Crowd.OrderTarget hotDeal(Acks acks) {
    return order ->
        seller(sellerFor(order))
            .ask(FleetRequest.order(order), late -> acks.accept(new Ack(late, order.id(), null)));
  }

  /** The index of the process that gets this attempt. */
  int sellerFor(Order order) {
    int first =
        Math.floorMod(order.id().hashCode() * 31 + order.dealId().hashCode(), sellers.size());
    return order.firstAttempt() ? first : indexOtherThan(first);
  }

  /** Any process but one. */
  FleetSeller otherThan(int index) {
    return seller(indexOtherThan(index));
  }

  private int indexOtherThan(int index) {
    int size = sellers.size();
    return (index + 1 + ThreadLocalRandom.current().nextInt(size - 1)) % size;
  }

  int size() {
    return sellers.size();
  }

  FleetSeller seller(int index) {
    return sellers.get(index);
  }

  /** Starts a process in place of one that was killed. */
  void restart(int index) {
    FleetSeller seller = sellers.get(index);
    seller.start();
    deals.forEach(dealId -> seller.say("deal " + dealId));
  }

  /** Kills all processes. */
  void kill() {
    for (FleetSeller seller : sellers) {
      if (!seller.kill()) {
        throw new IllegalStateException("a selling process had ended by itself");
      }
    }
  }

  @Override
  public void close() {
    sellers.forEach(FleetSeller::close);
  }
}
