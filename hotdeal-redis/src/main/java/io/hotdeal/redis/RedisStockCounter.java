package io.hotdeal.redis;

import io.hotdeal.ClaimResult;
import io.hotdeal.Deal;
import io.hotdeal.DealConflictException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.Stock;
import io.hotdeal.StockCounter;
import io.hotdeal.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate on Redis 6.0 or later: every call is one script, atomic in the store, for any number of
 * orders.
 *
 * <p>It is as durable as your Redis is, which may lose acknowledged claims in a failover: the log
 * decides. Nothing expires. A deal of which Redis lost a key, by eviction or by hand, is unknown as
 * a whole until {@link #restore} brings it back with the claims that are left, which takes time in
 * proportion to their number; {@link #held} and {@link #overdue} look through the claims under way;
 * all other calls cost time in proportion to their own orders.
 *
 * <p>Blocking, as long as the client's time-outs allow: set them. Thread-safe. The client stays its
 * owner's, who closes it. A client that repeats commands by itself, such as Jedis' cluster client
 * or Lettuce in its default configuration, is safe, but its errors never prove that nothing
 * happened; {@link JedisClients} and {@link LettuceClients} make clients whose errors do.
 *
 * <p>The keys of deal {@code prod-001}, all in one hash slot:
 *
 * <ul>
 *   <li><code>{prod-001}-quantity</code>, a plain number: what is left
 *   <li><code>{prod-001}-deal</code>, a hash: terms, version, closed, units claimed and settled
 *   <li><code>{prod-001}-held</code>, a hash: order id to units, buyer and deadline in
 *       milliseconds, for claims under way
 *   <li><code>{prod-001}-settled</code>, a hash: order id to units and buyer, for what is sold
 *   <li><code>{prod-001}-buyers</code>, a hash: buyer to units, for deals with a limit
 * </ul>
 *
 * <p>All that its user needs to be allowed:
 *
 * <pre>{@code
 * ~{*}-quantity ~{*}-deal ~{*}-held ~{*}-settled ~{*}-buyers -@all +evalsha +eval +time +type
 * +get +set +hmget +hset +hdel +hkeys +hgetall +hscan
 * }</pre>
 *
 * and what its client sends on connecting, such as {@code +hello +auth +client}. Where {@code
 * +info} is allowed too, the counter warns of a memory policy that may evict its keys.
 */
public final class RedisStockCounter implements StockCounter {

  private static final Logger LOG = LoggerFactory.getLogger(RedisStockCounter.class);

  private static final String PURGED_AT_ONCE = "1000";

  private final ScriptRunner runner;
  private final HeldClaims heldClaims;
  private final EvictionCheck evictionCheck;

  private RedisStockCounter(ScriptRunner runner) {
    this.runner = runner;
    this.heldClaims = new HeldClaims(runner);
    this.evictionCheck = new EvictionCheck(runner);
  }

  /**
   * A counter over any client that can run a script; {@link JedisCounters} and {@link
   * LettuceCounters} make one over theirs.
   */
  public static RedisStockCounter on(ScriptRunner runner) {
    return new RedisStockCounter(runner);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Where Redis still has some keys of the deal but not all, it stays unknown: units may be out.
   */
  @Override
  public void open(Deal deal) {
    Answer answer = run(Script.OPEN, deal.id(), Terms.of(deal));
    evictionCheck.runOnce(DealKeys.of(deal.id()));
    switch (answer.word(0)) {
      case "opened" -> {}
      case "standing" -> requireSameTerms(Terms.read(deal.id(), answer, 2), deal, answer.number(1));
      case "traces" -> warnOfTraces(deal.id());
      default -> throw unexpected(Script.OPEN, answer);
    }
  }

  @Override
  public List<ClaimResult> claim(List<Order> orders) {
    if (orders.isEmpty()) {
      return List.of();
    }
    String dealId = Order.commonDealOf(orders);
    return ClaimAnswer.read(orders, run(Script.CLAIM, dealId, OrderArgs.withTotal(orders)));
  }

  @Override
  public void settle(List<Order> orders) {
    if (!orders.isEmpty()) {
      run(Script.SETTLE, Order.commonDealOf(orders), OrderArgs.of(orders));
    }
  }

  @Override
  public void release(List<Order> orders) {
    if (!orders.isEmpty()) {
      run(Script.RELEASE, Order.commonDealOf(orders), OrderArgs.of(orders));
    }
  }

  @Override
  public Optional<Stock> stock(String dealId) {
    Answer answer = run(Script.STOCK, dealId, List.of());
    return answer.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Stock(
                answer.number(0),
                answer.number(1),
                answer.number(2),
                answer.number(3),
                answer.number(4) == 1));
  }

  /**
   * {@inheritDoc}
   *
   * <p>What it answers comes oldest first; what it leaves out may be older.
   */
  @Override
  public List<Order> overdue(String dealId, int limit) {
    return heldClaims.overdue(dealId, limit);
  }

  /**
   * {@inheritDoc}
   *
   * <p>What it answers comes oldest first; what it leaves out may be older.
   */
  @Override
  public List<Order> held(String dealId, int limit) {
    return heldClaims.all(dealId, limit);
  }

  @Override
  public boolean restore(Deal deal, long remaining, long ifVersion) {
    if (remaining < 0 || remaining > Units.MAX) {
      throw new IllegalArgumentException(
          "remaining " + remaining + " is not within 0 and " + Units.MAX);
    }
    List<String> args = new ArrayList<>();
    args.add(Long.toString(remaining));
    args.add(Long.toString(ifVersion));
    args.addAll(Terms.of(deal));
    boolean restored = run(Script.RESTORE, deal.id(), args).number(0) == 1;
    evictionCheck.runOnce(DealKeys.of(deal.id()));
    return restored;
  }

  @Override
  public void close(String dealId) {
    run(Script.CLOSE, dealId, List.of());
  }

  @Override
  public void purge(String dealId) {
    for (String hash : List.of("held", "settled", "buyers")) {
      String cursor = "0";
      do {
        cursor = run(Script.PURGE, dealId, List.of(hash, cursor, PURGED_AT_ONCE)).word(0);
      } while (!cursor.equals("0"));
    }
  }

  private Answer run(Script script, String dealId, List<String> args) {
    return script.run(runner, DealKeys.of(dealId), args);
  }

  private static void requireSameTerms(Deal standing, Deal offered, long known) {
    if (!standing.equals(offered)) {
      throw new DealConflictException("counter", standing, offered);
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
