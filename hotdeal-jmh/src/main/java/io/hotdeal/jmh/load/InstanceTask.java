package io.hotdeal.jmh.load;

import io.hotdeal.Deal;
import io.hotdeal.oracle.OracleSchema;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one process of a fleet has to do in a round: its share of a scenario's load.
 *
 * @param scenario the strategy, and the share
 * @param onSale the deals, which are open, and the prefix of this process' buyers
 * @param stores where they are
 */
record InstanceTask(Scenario scenario, DealsOnSale onSale, StoreAddresses stores) {

  /**
   * The addresses of stores that are started.
   *
   * @param countStatements whether commits and round trips are counted
   */
  record StoreAddresses(
      @Nullable JdbcTarget database, @Nullable URI redis, boolean countStatements) {}

  /** The task of the instance of that number, of a scenario whose deals these are. */
  static InstanceTask of(
      Scenario scenario, int instance, DealsOnSale onSale, StoreAddresses stores) {
    LoadProfile share = scenario.profile().ofProcess(instance);
    return new InstanceTask(
        new Scenario(scenario.strategy(), share), onSale.withBuyersOf(instance), stores);
  }

  Message toMessage() {
    LoadProfile profile = scenario.profile();
    URI redis = stores.redis();
    JdbcTarget database = stores.database();
    Message message =
        new Message()
            .with("strategy", scenario.strategy())
            .with("model", profile.model().name())
            .with("callers", profile.callers())
            .with("rate", profile.rate())
            .with("stock", profile.stock())
            .with("buyers", onSale.name())
            .with("deals", onSale.deals().stream().map(Deal::id).toList())
            .with("units", onSale.deals().get(0).quantity())
            .with("redis", redis == null ? null : redis.toString())
            .with("countStatements", stores.countStatements() ? 1 : 0);
    return database == null
        ? message
        : message
            .with("url", database.url())
            .with("user", database.user())
            .with("password", database.password())
            .with("schema", database.schema().name());
  }

  static InstanceTask of(Message message) {
    List<String> deals = message.texts("deals");
    long units = message.number("units");
    LoadProfile profile =
        new LoadProfile(
            LoadModel.valueOf(message.text("model")),
            (int) message.number("callers"),
            deals.size(),
            0,
            message.decimal("rate"),
            message.number("stock"),
            1);
    return new InstanceTask(
        new Scenario(message.text("strategy"), profile),
        new DealsOnSale(
            message.text("buyers"), deals.stream().map(id -> Deal.of(id, units)).toList()),
        new StoreAddresses(
            message.has("url") ? database(message) : null,
            message.has("redis") ? URI.create(message.text("redis")) : null,
            message.number("countStatements") == 1));
  }

  private static JdbcTarget database(Message message) {
    return new JdbcTarget(
        message.text("url"),
        message.text("user"),
        message.text("password"),
        OracleSchema.valueOf(message.text("schema")));
  }
}
