package io.hotdeal.demo;

import io.hotdeal.HotDeal;
import io.hotdeal.HotDealBuilder;
import io.hotdeal.oracle.OracleOrderLog;
import io.hotdeal.oracle.RowLockOrderLog;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.StockCounter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The demo's three endpoints over the same stores: the legacy flow, hotdeal on the log alone, and
 * hotdeal with a counter on Redis.
 */
final class Shop {

  private final Settings settings;
  private final Closer closer;
  private final Database database;
  private final RedisStore redis;
  private final SimulatedPayments payments;
  private final List<Endpoint> endpoints;
  private final HotDeal gated;
  private final Endpoint gatedEndpoint;

  /**
   * @param closer gets all that is to be closed
   */
  Shop(Settings settings, Closer closer) {
    this.settings = settings;
    this.closer = closer;
    database = new Database(settings, closer);
    redis = new RedisStore(settings, closer);
    payments = new SimulatedPayments(settings.payment());
    closer.add(payments::close);
    OrderLog log = OracleOrderLog.conditionalUpdate(database.forBatches());
    gated = hotDeal(log, redis.counter());
    gatedEndpoint = endpoint("/order-redis", gated, log, redis.counter());
    endpoints =
        List.of(
            legacy("/order"),
            endpoint("/order-oracle", hotDeal(log, null), log, null),
            gatedEndpoint);
  }

  List<Endpoint> endpoints() {
    return endpoints;
  }

  /** A step of a purchase in two steps, at the endpoint with a counter. */
  HoldServlet step(HoldServlet.Verb verb) {
    return HoldServlet.of(verb, gatedEndpoint, gated, payments);
  }

  Status status() {
    return new Status(endpoints, database, redis, settings.payment());
  }

  Health health() {
    return new Health(endpoints, database, redis);
  }

  /** Continues with the open deals, or opens the first ones, as soon as the stores answer. */
  void open() {
    DealFollower follower = new DealFollower(this::followDeals, new Causes(settings));
    closer.add(follower::close);
    follower.start();
  }

  private void followDeals() {
    database.createSchemaIfWanted();
    endpoints.forEach(endpoint -> endpoint.follow(settings.stock()));
  }

  /** The workshop's flow: it pays while it holds the row lock. */
  private Endpoint legacy(String path) {
    OrderLog log =
        RowLockOrderLog.selectForUpdate(database.perRequest(), order -> payments.sleep());
    return new Endpoint(path, new RowLockSeller(log), log, null, database);
  }

  private HotDeal hotDeal(OrderLog log, @Nullable StockCounter counter) {
    HotDealBuilder builder = HotDeal.builder().log(log).payments(payments.asGateway());
    if (counter != null) {
      builder.counter(counter);
    }
    HotDeal hotDeal = builder.build();
    closer.add(hotDeal::close);
    return hotDeal;
  }

  private Endpoint endpoint(
      String path, HotDeal hotDeal, OrderLog log, @Nullable StockCounter counter) {
    return new Endpoint(path, new HotDealSeller(hotDeal, payments), log, counter, database);
  }
}
