package io.hotdeal.redis;

import io.hotdeal.ClaimResult;
import io.hotdeal.Deal;
import io.hotdeal.DealConflictException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.Refusal;
import io.hotdeal.Units;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stock counter on Redis 6.0 or later: every call is one script, atomic in the store, or several
 * if it has many orders or orders of several deals. Those of several deals are sent together, in
 * one pipeline per node of a cluster.
 *
 * <p>Claims are as durable as your Redis is, which may lose acknowledged ones in a failover: the
 * log decides. Nothing expires. A deal of which Redis lost a key, by eviction or by hand, is
 * unknown as a whole. {@link #restore} creates it again: it removes the remaining keys, and with
 * them the claims. A loss is logged as a warning, once.
 *
 * <p>Nothing blocks the server for long, however large a deal is: scripts that take orders take 512
 * at a time, a pipeline has 32 scripts, {@link #held} and {@link #overdue} read 500 claims at a
 * time, and {@link #purge} and {@link #restore} read no claims. If the orders of a deal need
 * several scripts and one of them fails, the outcome is unknown, unless it was the first. After a
 * failure that is no error reply, nothing more of a call is sent. A replica refuses every call,
 * reads included, because its data may be stale.
 *
 * <p>Every method blocks, at most as long as the client's time-outs: set them. Thread-safe. The
 * client's owner closes it. A client that repeats commands by itself, such as Jedis' cluster client
 * or Lettuce in its default configuration, is safe, but its errors never prove that nothing
 * happened; {@link JedisClients} and {@link LettuceClients} make clients whose errors do.
 *
 * <p>The keys of deal {@code prod-001}, all in one hash slot:
 *
 * <ul>
 *   <li><code>{prod-001}-quantity</code>, a plain number: the units left
 *   <li><code>{prod-001}-deal</code>, a hash: terms, version, closed, paused; units claimed,
 *       settled, noted (settled without a claim), returned
 *   <li><code>{prod-001}-held</code>, a hash: order id to units, buyer and deadline in epoch
 *       milliseconds, for claims that are neither settled nor released
 *   <li><code>{prod-001}-settled</code>, a hash: order id to units and buyer, for orders that are
 *       sold, or were and are given back
 *   <li><code>{prod-001}-buyers</code>, a hash: buyer to units, for deals with a limit
 * </ul>
 *
 * <p>All that its Redis user has to be allowed:
 *
 * <pre>{@code
 * ~{*}-quantity ~{*}-deal ~{*}-held ~{*}-settled ~{*}-buyers -@all +evalsha +eval +time +type
 * +get +set +hmget +hset +hdel +hscan +unlink
 * }</pre>
 *
 * and what its client sends by itself:
 *
 * <pre>{@code
 * +hello +auth +client +ping
 * +cluster|slots                          a cluster, over Jedis
 * +cluster|nodes +cluster|myid +info      a cluster, over Lettuce
 * }</pre>
 *
 * Where {@code +info} is allowed, the counter warns of a memory policy that may evict its keys. If
 * the user lacks a command, the error says so; if that command comes after a script's first write,
 * the outcome is unknown.
 */
public final class RedisStockCounter implements StockCounter {

  private static final Logger LOG = LoggerFactory.getLogger(RedisStockCounter.class);

  private static final OrderVerb<Void> POSTPONE =
      OrderVerb.withoutResults(Script.POSTPONE, DealCodec::postponements);
  private static final OrderVerb<Void> SETTLE =
      OrderVerb.withoutResults(Script.SETTLE, DealCodec::orders);
  private static final OrderVerb<Void> RELEASE =
      OrderVerb.withoutResults(Script.RELEASE, DealCodec::orders);
  private static final OrderVerb<Void> GIVE_BACK =
      OrderVerb.withoutResults(Script.GIVE_BACK, DealCodec::orders);

  private final OrderVerb<ClaimResult> claim =
      new OrderVerb<>(Script.CLAIM, DealCodec::claims, this::readClaims);
  private final ScriptRunner runner;
  private final HeldClaims heldClaims;
  private final EvictionCheck evictionCheck;
  private final LostDealWarning lostDeals = new LostDealWarning();

  private RedisStockCounter(ScriptRunner runner) {
    this.runner = runner;
    this.heldClaims = new HeldClaims(runner);
    this.evictionCheck = new EvictionCheck(runner);
  }

  /**
   * Creates a counter over any client that can run a script; {@link JedisCounters} and {@link
   * LettuceCounters} make one over theirs.
   */
  public static RedisStockCounter on(ScriptRunner runner) {
    return new RedisStockCounter(runner);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A deal of which Redis still has some keys but not all stays unknown, because orders may hold
   * units of it.
   */
  @Override
  public void open(Deal deal) {
    ScriptReply reply = run(Script.OPEN, deal.id(), DealCodec.terms(deal));
    evictionCheck.runOnce(DealKeys.of(deal.id()));
    switch (reply.word(0)) {
      case "opened" -> {}
      case "standing" ->
          requireSameTerms(DealCodec.readTerms(deal, reply, 2), deal, reply.number(1));
      case "traces" -> warnOfTraces(deal.id());
      default -> throw unexpected(Script.OPEN, reply);
    }
  }

  /** Whether the client sends scripts of several deals together. */
  @Override
  public boolean combinesDeals() {
    return runner.pipelines();
  }

  @Override
  public List<ClaimResult> claim(List<Order> orders) {
    return DealCalls.run(runner, claim, orders).results(orders);
  }

  private List<ClaimResult> readClaims(List<Order> orders, ScriptReply reply) {
    List<ClaimResult> results = ClaimReply.read(orders, reply);
    watch(orders.get(0).dealId(), results.get(results.size() - 1));
    return results;
  }

  private void watch(String dealId, ClaimResult last) {
    if (last instanceof Refusal.UnknownDeal) {
      lostDeals.unknown(dealId);
    } else if (last instanceof Refusal.Closed) {
      lostDeals.closed(dealId);
    } else if (last instanceof ClaimResult.Claimed claimed && !claimed.replayed()) {
      lostDeals.onSale(dealId);
    }
  }

  @Override
  public void postpone(List<Order> orders) {
    List<Order> holds = orders.stream().filter(Order::isHold).toList();
    DealCalls.run(runner, POSTPONE, holds).requireDone(orders);
  }

  @Override
  public void settle(List<Order> orders) {
    DealCalls.run(runner, SETTLE, orders).requireDone(orders);
  }

  @Override
  public void release(List<Order> orders) {
    DealCalls.run(runner, RELEASE, orders).requireDone(orders);
  }

  @Override
  public void giveBack(List<Order> orders) {
    DealCalls.run(runner, GIVE_BACK, orders).requireDone(orders);
  }

  @Override
  public Optional<Stock> stock(String dealId) {
    ScriptReply reply = run(Script.STOCK, dealId, List.of());
    if (reply.isEmpty()) {
      lostDeals.unknown(dealId);
      return Optional.empty();
    }
    return Optional.of(
        new Stock(
            reply.number(0),
            reply.number(1),
            reply.number(2),
            reply.number(3),
            DealCodec.readState(reply.number(4), reply.number(5)),
            reply.number(6)));
  }

  /**
   * {@inheritDoc}
   *
   * <p>The returned claims are sorted, oldest first; claims beyond the limit may be older.
   */
  @Override
  public List<Order> overdue(String dealId, int limit) {
    return heldClaims.overdue(dealId, limit);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The returned claims are sorted, oldest first; claims beyond the limit may be older.
   */
  @Override
  public List<Order> held(String dealId, int limit) {
    return heldClaims.all(dealId, limit);
  }

  @Override
  public boolean restore(DealTerms terms, long remaining, long ifVersion) {
    if (remaining < 0 || remaining > Units.MAX) {
      throw new IllegalArgumentException(
          "remaining " + remaining + " is not within 0 and " + Units.MAX);
    }
    List<String> args = new ArrayList<>();
    args.add(Long.toString(remaining));
    args.add(Long.toString(ifVersion));
    args.addAll(DealCodec.terms(terms));
    String dealId = terms.deal().id();
    long restored = run(Script.RESTORE, dealId, args).number(0);
    evictionCheck.runOnce(DealKeys.of(dealId));
    if (restored == 2) {
      LOG.info("deal {} was created again in Redis; the rest of its old keys was removed", dealId);
    }
    return restored > 0;
  }

  /**
   * {@inheritDoc}
   *
   * <p>A deal without a limit per buyer that gets one is forgotten if it has claims, because their
   * buyers were not counted.
   */
  @Override
  public void change(DealTerms terms) {
    String dealId = terms.deal().id();
    long changed = run(Script.CHANGE, dealId, DealCodec.change(terms)).number(0);
    if (changed == 2) {
      lostDeals.closed(dealId); // not lost: it is restored from the log
      LOG.info("deal {} got a limit per buyer: its claims are counted anew in Redis", dealId);
    }
  }

  @Override
  public void close(String dealId) {
    run(Script.CLOSE, dealId, List.of());
    lostDeals.closed(dealId);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Removes every key of the deal; Redis frees their memory in the background (UNLINK). Of a
   * deal that Redis lost keys of, it removes the others, whether the deal was closed or not.
   */
  @Override
  public void purge(String dealId) {
    run(Script.PURGE, dealId, List.of());
    lostDeals.closed(dealId);
  }

  private ScriptReply run(Script script, String dealId, List<String> args) {
    return script.run(runner, DealKeys.of(dealId), args);
  }

  private static void requireSameTerms(DealTerms standing, Deal offered, long known) {
    if (!standing.isOpenedInCounterBy(offered)) {
      throw new DealConflictException("counter", standing.deal(), offered);
    }
    if (known == 0) {
      warnOfTraces(offered.id());
    }
  }

  private static void warnOfTraces(String dealId) {
    LOG.warn("Redis lost keys of deal {}: it stays unknown until it is restored", dealId);
  }

  private static OutcomeUnknownException unexpected(Script script, Object answer) {
    return new OutcomeUnknownException("script " + script + " answered " + answer);
  }
}
