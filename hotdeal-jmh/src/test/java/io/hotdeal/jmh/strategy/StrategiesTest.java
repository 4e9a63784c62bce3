package io.hotdeal.jmh.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.jmh.load.LoadModel;
import io.hotdeal.jmh.load.LoadProfile;
import io.hotdeal.jmh.load.RunStores;
import io.hotdeal.jmh.load.ScenarioStores;
import io.hotdeal.jmh.strategy.Strategy.Answer;
import io.hotdeal.jmh.strategy.StrategyFactory.Promise;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The strategies that are compared")
class StrategiesTest {

  private static final LoadProfile LOAD = LoadProfile.closed(LoadModel.BLOCKING, 16);

  private static RunStores servers;
  private static RunStores h2;

  @BeforeAll
  static void start() {
    servers = new RunStores("postgresql", "embedded", false);
    h2 = new RunStores("h2", "embedded", false);
  }

  @AfterAll
  static void stop() {
    h2.close();
    servers.close();
  }

  static Stream<String> all() {
    return Strategies.all().stream().map(StrategyFactory::name);
  }

  static Stream<String> portable() {
    return JdbcBaselines.families().stream().map(family -> family.listedMember().name());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  @DisplayName("have the properties that they promise, and none that they do not promise")
  void promises(String name) {
    requireWhatIsPromised(Strategies.named(name), servers);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("portable")
  @DisplayName("have the promised properties, and no others, on H2 too")
  void promisesInH2(String name) {
    requireWhatIsPromised(Strategies.named(name), h2);
  }

  private static void requireWhatIsPromised(StrategyFactory factory, RunStores run) {
    PromiseCheck check;
    try (ScenarioStores stores = run.forScenario(LOAD)) {
      check = PromiseCheck.of(factory, stores);
    }
    boolean exact = factory.promises().contains(Promise.NEVER_OVERSELLS);
    assertThat(check.oversold()).as("%s oversells", check).isNotEqualTo(exact);
    if (exact) {
      assertThat(check.sold()).as("%s sells the whole stock", check).isEqualTo(check.stock());
    }
    assertThat(check.acknowledged())
        .as("%s acknowledges what the stores hold", check)
        .isEqualTo(check.sold());
    assertThat(check.retriesSoldAgain())
        .as("%s sells again to a retry", check)
        .isEqualTo(factory.promises().contains(Promise.KEYED) ? 0 : 1);
    assertThat(check.async())
        .as("%s sells without a waiting thread", check)
        .isEqualTo(factory.promises().contains(Promise.ASYNC));
    assertThat(check.broken(factory.promises())).isEmpty();
  }

  @Test
  @DisplayName("have unique names, and are found by them")
  void names() {
    List<String> names = Strategies.all().stream().map(StrategyFactory::name).toList();
    assertThat(names).doesNotHaveDuplicates();
    assertThat(names).allSatisfy(name -> assertThat(Strategies.named(name).name()).isEqualTo(name));
    assertThat(Strategies.named("row-lock-7").name()).isEqualTo("row-lock-7");
  }

  @Test
  @DisplayName("are listed in the error for an unknown name")
  void unknownName() {
    for (String name : List.of("row-locks", "row-lock-0", "row-lock-", "conditional", "")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Strategies.named(name))
          .withMessageContainingAll("no strategy is called " + name, "row-lock-N", "legacy");
    }
  }

  @Test
  @DisplayName("with a row per unit have at most 1,000 rows at a time, and sell every unit once")
  void rowPerUnit() throws SQLException {
    int units = 1_300;
    try (ScenarioStores stores = servers.forScenario(LOAD);
        Strategy skipLocked = Strategies.named("skip-locked").make(stores)) {
      skipLocked.open(List.of(Deal.of("rows", units)));

      assertThat(CompetingBuyers.of(skipLocked, "rows", 200)).isEqualTo(200);
      assertThat(rowsOf("rows")).isBetween(1L, 1_000L);

      String late = "rows-late";
      skipLocked.open(List.of(Deal.of(late, units)));
      assertThat(CompetingBuyers.of(skipLocked, late, units + 50)).isEqualTo(units);
      assertThat(skipLocked.sold(late)).isEqualTo(units);
      assertThat(rowsOf(late)).isZero();
    }
  }

  @Test
  @DisplayName("by hand sell a batch of several deals, of which one is sold out in the middle")
  void batchByHand() {
    try (ScenarioStores stores = h2.forScenario(LOAD);
        Strategy byHand = Strategies.named("hand-written").make(stores)) {
      byHand.open(List.of(Deal.of("many", 100), Deal.of("few", 5)));
      List<Order> orders =
          IntStream.range(0, 20)
              .mapToObj(i -> Order.of("order-" + i, i % 2 == 0 ? "many" : "few", "buyer-" + i, 1))
              .toList();

      List<Answer> answers = byHand.sellAll(orders);

      assertThat(answers).containsExactlyElementsOf(firstFiveOfFew());
      assertThat(byHand.sold("many")).isEqualTo(10);
      assertThat(byHand.sold("few")).isEqualTo(5);
    }
  }

  private static List<Answer> firstFiveOfFew() {
    return IntStream.range(0, 20)
        .mapToObj(i -> i % 2 == 0 || i < 10 ? Answer.SOLD : Answer.SOLD_OUT)
        .toList();
  }

  private static long rowsOf(String dealId) throws SQLException {
    try (Connection connection = servers.connect();
        PreparedStatement count =
            connection.prepareStatement("SELECT COUNT(*) FROM BENCHMARK_UNIT WHERE PROD_ID = ?")) {
      count.setString(1, dealId);
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  @Test
  @DisplayName("oversell the last unit if they read the stock before they decrement it")
  void readsBeforeItDecrements() {
    int buyers = 4;
    CyclicBarrier allHaveRead = new CyclicBarrier(buyers);
    Strategy getThenDecr =
        new GetThenDecr(JedisCalls.of(servers.forScenario(LOAD))) {
          @Override
          CompletableFuture<Answer> decrease(String key, Order order) {
            await(allHaveRead);
            return super.decrease(key, order);
          }
        };
    try (getThenDecr) {
      getThenDecr.open(List.of(Deal.of("last-one", 1)));
      assertThat(CompetingBuyers.of(getThenDecr, "last-one", buyers)).isEqualTo(buyers);
      assertThat(getThenDecr.sold("last-one")).isEqualTo(buyers);
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("not all buyers came", e);
    }
  }
}
