package io.hotdeal.simulation;

import io.hotdeal.Deal;
import io.hotdeal.DealChange;
import io.hotdeal.DealState;
import io.hotdeal.HotDeal;
import io.hotdeal.HotDealException;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.PaymentGateway;
import io.hotdeal.Resolver;
import io.hotdeal.SweepReport;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One deal, its stores and the processes that sell it; checks the guarantees of docs/guarantees.md.
 */
final class Shop {

  static final Duration HOLD = Duration.ofMillis(100);
  private static final Duration LEASE = Duration.ofMillis(100);
  private static final Duration HOUSEKEEPING = Duration.ofMillis(40);

  /**
   * What is sold, and how it is paid.
   *
   * @param limit the most units for one buyer, 0 for no limit
   * @param declinesOneIn one charge in so many is declined, 0 for none
   * @param free whether no payment is due
   * @param goesOn whether buyers send more orders after the audit
   * @param returns whether some buyers give back what they bought
   */
  record Settings(
      long quantity,
      long limit,
      int declinesOneIn,
      boolean free,
      Duration settleLinger,
      boolean goesOn,
      boolean returns) {}

  private static final DealChange AS_OPENED = DealChange.to(DealState.OPEN);
  private static final List<DealState> STATES = List.of(DealState.values());
  private static final int SWEEPS = 8;
  private static final int MOST_EVENTS = 4_000;
  private static final int REPORTS = 5;

  /** A process and its HotDeal. */
  record Branch(Jvm process, HotDeal hotDeal) {}

  private final World world;
  private final Faults faults;
  private final Deal deal;
  private final boolean free;
  private final boolean goesOn;
  private final Duration settleLinger;
  private final OrderLog log;
  private final SimulatedRedis redis;
  private final Bank bank;
  private final EventReader events;
  private final boolean returns;
  private final List<Branch> branches = new ArrayList<>();

  /** The orders that their buyers want to give back. */
  private final Set<String> returned = new HashSet<>();

  /** The processes whose resolvers run on a schedule. */
  private final Set<HotDeal> keeping = new HashSet<>();

  private final Jvm home;
  private long logSkewMillis;

  /**
   * @param home runs what is done to the shop
   */
  Shop(World world, Jvm home, Faults faults, Settings terms, Flaw flaw) {
    this.world = world;
    this.home = home;
    this.faults = faults;
    this.free = terms.free();
    this.goesOn = terms.goesOn();
    this.settleLinger = terms.settleLinger();
    this.returns = terms.returns();
    this.deal =
        Deal.of("deal", terms.quantity())
            .withHold(HOLD)
            .withLimitPerBuyer(terms.limit())
            .withEvents();
    this.log = flaw.in(new InMemoryOrderLog(this::logNow));
    this.redis = new SimulatedRedis(world, flaw::in);
    this.bank = new Bank(world, terms.declinesOneIn(), flaw != Flaw.NO_VOID);
    this.events = new EventReader(world);
    log.open(deal);
    log.outbox().register(List.of(EventReader.NAME), deal.id());
    redis.write(counter -> counter.open(deal));
  }

  void branch(String name) {
    Jvm process = new Jvm(world, name);
    HotDeal hotDeal =
        HotDeal.builder()
            .log(new FaultyLog(process, log, faults))
            .counter(new FaultyCounter(process, redis, faults))
            .payments(free ? PaymentGateway.none() : bank.reachedFrom(process, faults))
            .executor(process)
            .timer(process)
            .ticker(world::nanos)
            .consumer(EventReader.NAME, events)
            .eventLease(LEASE)
            .maxBatch(2)
            .settleLinger(settleLinger)
            .breakerOpenFor(Duration.ofMillis(10))
            .soldOutCacheTtl(Duration.ofMillis(5))
            .chargeAttempts(2, Duration.ofMillis(5))
            .paymentTimeout(Duration.ofMillis(30))
            .build();
    branches.add(new Branch(process, hotDeal));
  }

  /** Any branch whose process is alive, or null. */
  Branch anyBranch() {
    List<Branch> alive = branches.stream().filter(it -> it.process().isAlive()).toList();
    return alive.isEmpty() ? null : alive.get(world.choices.of(alive.size()));
  }

  Deal deal() {
    return deal;
  }

  void sweep() {
    Branch branch = anyBranch();
    if (branch != null) {
      world.tell(branch.process() + " sweeps");
      var unused = branch.hotDeal().resolver().sweepAsync(deal.id());
    }
  }

  /** Runs the resolver of a process on a schedule, for a while. */
  void keepHouse() {
    Branch branch = anyBranch();
    if (branch == null || !keeping.add(branch.hotDeal())) {
      return;
    }
    world.tell(branch.process() + " keeps house");
    Resolver resolver = branch.hotDeal().resolver();
    resolver.start(HOUSEKEEPING, () -> List.of(deal.id()));
    world.at(
        home,
        (1 + world.choices.of(300)) * 1_000_000L,
        () -> {
          resolver.stop();
          keeping.remove(branch.hotDeal());
        });
  }

  /** Delivers the deal's events to their consumer. */
  void deliver() {
    inAnyProcess("delivers events", hotDeal -> hotDeal.events().deliver(deal.id()));
  }

  /** Pauses, closes, resumes or reopens the deal, with another limit per buyer. */
  void change() {
    DealState state = STATES.get(world.choices.of(STATES.size()));
    DealChange change = DealChange.to(state).limitPerBuyer(world.choices.of(3));
    inAnyProcess("makes a " + change, hotDeal -> hotDeal.change(deal.id(), change));
  }

  /** Starts a blocking call in any process that is alive; it may fail. */
  private void inAnyProcess(String what, Consumer<HotDeal> call) {
    Branch branch = anyBranch();
    if (branch == null) {
      return;
    }
    branch
        .process()
        .execute(
            () -> {
              world.tell(branch.process() + " " + what);
              try {
                call.accept(branch.hotDeal());
              } catch (Jvm.Died | HotDealException e) {
                world.tell("it is TOLD " + e.getMessage());
              }
            });
  }

  /** Some buyers give back what they bought, once or twice, from any process. */
  void mayGiveBack(Order order, Jvm home) {
    if (returns && world.choices.oneIn(3)) {
      returned.add(order.id());
      boolean toStock = world.choices.of(3) > 0;
      for (int calls = 1 + world.choices.of(2); calls > 0; calls--) {
        world.at(home, world.choices.of(200) * 1_000_000L, () -> giveBack(order, toStock));
      }
    }
  }

  private void giveBack(Order order, boolean toStock) {
    Branch branch = anyBranch();
    if (branch == null) {
      return;
    }
    world.tell(branch.process() + " is asked to take back " + order.id());
    var unused =
        branch
            .hotDeal()
            .giveBackAsync(order.dealId(), order.id(), toStock)
            .whenComplete(
                (result, broken) -> {
                  world.tell("giving back " + order.id() + " is TOLD " + result);
                  if (result != null && branch.process().isAlive()) {
                    requireReturned(order, result);
                  }
                });
  }

  private void requireReturned(Order order, OrderResult result) {
    require(
        result.equals(new OrderResult.Returned(order, true)),
        order.id() + " was sold, and giving it back was told " + result);
    require(
        state(order) == OrderState.RETURNED && !keepsMoneyOf(order.id()),
        order.id() + " was told Returned, and is not, or is not refunded");
  }

  private boolean keepsMoneyOf(String orderId) {
    return !free && (bank.keepsMoneyOf(orderId) || bank.paymentsKeptOf(orderId) > 0);
  }

  /** Whether an order is sold, or was and its buyer has given it back. */
  boolean isSold(Order order) {
    OrderState state = state(order);
    return state == OrderState.PAID || (state.isReturn() && returned.contains(order.id()));
  }

  void freeze() {
    Branch branch = anyBranch();
    if (branch != null) {
      branch.process().freeze((1 + world.choices.of(400)) * 1_000_000L);
    }
  }

  void failOver() {
    if (faults.mayHappen()) {
      faults.spend();
      int lost = world.choices.of(redis.writes() + 1);
      world.tell("REDIS fails over and loses " + lost + " of " + redis.writes() + " writes");
      redis.lose(lost);
    }
  }

  void jump() {
    redis.jump(world.choices.of(400) - 200);
    logSkewMillis += world.choices.of(400) - 200;
    world.tell("the CLOCKS of the stores jump");
  }

  // what must hold at any time

  void requirePaid(Buyer buyer) {
    require(isSold(buyer.order), buyer.order.id() + " was told Placed, is not PAID");
  }

  void requireNoTrace(Order order) {
    require(
        state(order) == OrderState.ABSENT
            && redis.counter().held(deal.id(), 100).stream().noneMatch(order::sameContentAs),
        order.id() + " was told that nothing happened, but something did");
  }

  // what must hold in the end

  /** After the faults: runs the resolver, and then checks the final state of all stores. */
  void audit(List<Buyer> buyers, List<HoldingBuyer> holders) {
    require(world.run(MOST_EVENTS), "the HotDeals do not come to rest");
    faults.end();
    branch("resolver");
    HotDeal resolving = branches.get(branches.size() - 1).hotDeal();
    resolving.change(deal.id(), AS_OPENED.limitPerBuyer(deal.limitPerBuyer()));
    if (!holders.isEmpty() && world.choices.of(2) == 0) {
      reportTheRest(holders);
    }
    finish(resolving);
    if (reportTheRest(holders)) {
      finish(resolving);
    }
    holders.forEach(this::audit);
    Tally tally = log.tally(deal.id()).orElseThrow();
    require(tally.isBalanced(), "the tally does not balance: " + tally);
    require(tally.sold() <= deal.quantity(), "oversold: " + tally);
    require(tally.reserved().orders() == 0, "left undecided: " + tally);
    require(tally.held().orders() == 0, "left held: " + tally);
    require(tally.count(OrderState.RETURNING).orders() == 0, "left returning: " + tally);
    buyers.forEach(this::audit);
    Stock stock = redis.counter().stock(deal.id()).orElseThrow();
    require(
        stock.remaining() == tally.left() && stock.claimed() == 0,
        "the counter has " + stock + ", the log has " + tally);
    require(stock.hasTerms(tally.terms()), "the counter has " + stock + ", the log has " + tally);
    auditEvents(resolving, buyers, holders);
    if (goesOn) {
      requireSellable(resolving, buyers);
    }
  }

  private void auditEvents(HotDeal hotDeal, List<Buyer> buyers, List<HoldingBuyer> holders) {
    world.pass(LEASE.toNanos());
    require(
        hotDeal.events().deliver(deal.id()).get(0).failure() == null
            && hotDeal.events().lag(deal.id()).get(0).events() == 0,
        "events are left");
    events.audit(
        Stream.concat(
                buyers.stream().map(it -> it.order.id()), holders.stream().map(it -> it.order.id()))
            .toList(),
        id -> state(Order.of(id, deal.id(), "any", 1)));
  }

  /**
   * While units are left and the stores answer, an eligible buyer can buy, whatever data the
   * counter lost, and however many ineligible orders arrive.
   */
  private void requireSellable(HotDeal hotDeal, List<Buyer> buyers) {
    world.tell("REDIS is wiped, and buyers keep coming");
    redis.lose(redis.writes());
    for (int round = 1; round <= 3; round++) {
      long left = log.tally(deal.id()).orElseThrow().left();
      if (left == 0) {
        return;
      }
      for (Buyer buyer : buyers) {
        if (deal.limitPerBuyer() > 0 && state(buyer.order) == OrderState.PAID) {
          send(hotDeal, "again-" + round + "-", buyer.order.buyerId(), 1);
        }
      }
      send(hotDeal, "too-many-" + round, "wholesaler", left + 1);
    }
    for (int attempt = 1; attempt <= 5; attempt++) {
      OrderResult result = send(hotDeal, "new-" + attempt, "newcomer", 1);
      if (result instanceof OrderResult.Placed || result instanceof OrderResult.Declined) {
        return;
      }
      world.tell("the newcomer is TOLD " + result);
      world.pass(60_000_000);
    }
    throw new AssertionError("units are left, and nobody can buy");
  }

  private OrderResult send(HotDeal hotDeal, String id, String buyer, long units) {
    Order order = Order.of(id + buyer, deal.id(), buyer, units).asFirstAttempt();
    CompletableFuture<OrderResult> result = hotDeal.orderAsync(order);
    require(world.run(MOST_EVENTS) && result.isDone(), order + " does not come to rest");
    return result.join();
  }

  private void finish(HotDeal resolving) {
    for (int i = 0; i < SWEEPS; i++) {
      world.pass(HOLD.toNanos() + 500_000_000);
      CompletableFuture<SweepReport> sweep = resolving.resolver().sweepAsync(deal.id());
      require(world.run(MOST_EVENTS) && sweep.isDone(), "the resolver does not come to rest");
      if (sweep.join().foundNothing()) {
        return;
      }
    }
    throw new AssertionError("the resolver still finds something after " + SWEEPS + " sweeps");
  }

  private void audit(Buyer buyer) {
    String id = buyer.order.id();
    boolean paid = state(buyer.order) == OrderState.PAID;
    require(
        !buyer.toldPlaced || isSold(buyer.order), id + " was told Placed, is not PAID in the end");
    require(!buyer.toldDeclined || !isSold(buyer.order), id + " was told Declined, is PAID");
    require(
        free || paid == bank.keepsMoneyOf(id), id + (paid ? " has not paid" : " paid for nothing"));
  }

  /** Whether there was any payment left to report. */
  private boolean reportTheRest(List<HoldingBuyer> holders) {
    boolean any = holders.stream().anyMatch(it -> !it.isAnswered());
    for (int i = 0; i < REPORTS && holders.stream().anyMatch(it -> !it.isAnswered()); i++) {
      holders.forEach(HoldingBuyer::reportTheRest);
      require(world.run(MOST_EVENTS), "the HotDeals do not come to rest");
      world.pass(500_000_000);
    }
    require(holders.stream().allMatch(HoldingBuyer::isAnswered), "a payment gets no answer");
    return any;
  }

  private void audit(HoldingBuyer buyer) {
    String id = buyer.order.id();
    boolean paid = state(buyer.order) == OrderState.PAID;
    require(
        !buyer.toldPlaced || isSold(buyer.order), id + " was told Placed, is not PAID in the end");
    require(!buyer.toldDeclined || !isSold(buyer.order), id + " was told Declined, is PAID");
    long kept = bank.paymentsKeptOf(id);
    boolean refundsItself = free && state(buyer.order).isReturn();
    require(
        refundsItself || kept == (paid ? 1 : 0),
        id + " is " + state(buyer.order) + ", with payments " + kept);
    require(buyer.placedBy() <= 1, id + " was bought by two payments");
  }

  /** A payment that bought nothing; without a gateway, the shop refunds it by itself. */
  void paymentRefused(OrderResult.PaymentRefused refused) {
    require(refused.refunded() != free, refused + " of a shop that is free: " + free);
    if (free) {
      bank.refundPayment(refused.paymentId());
    }
    require(!bank.keepsPayment(refused.paymentId()), refused + ", and was not refunded");
  }

  Bank bank() {
    return bank;
  }

  /** The time of the log's clock. */
  Instant logNow() {
    return world.now().plusMillis(logSkewMillis);
  }

  OrderState state(Order order) {
    return log.find(deal.id(), order.id()).map(OrderRecord::state).orElse(OrderState.ABSENT);
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
