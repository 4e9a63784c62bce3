package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hotdeal.ClaimResult;
import io.hotdeal.ClaimResult.Claimed;
import io.hotdeal.Deal;
import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.contract.Crowd;
import io.hotdeal.spi.PartialFailureException;
import io.hotdeal.spi.Stock;
import io.hotdeal.testkit.TcpProxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.UnifiedJedis;

@Timeout(60)
@DisplayName("A call of several deals on a cluster of three nodes")
class SeveralDealsOnClusterTest {

  private static final Duration SHORT = Duration.ofMillis(500);

  private static EmbeddedCluster cluster;
  private static Map<URI, TcpProxy> proxies;
  private static UnifiedJedis admin;
  private static RedisStockCounter direct;

  /** Of each node some, in no order. */
  private final List<String> deals =
      IntStream.range(0, 30).mapToObj(i -> Crowd.freshDealId()).toList();

  /** One of those whose node has a proxy. */
  private final String first =
      deals.stream().filter(deal -> proxies.containsKey(nodeOf(deal))).findFirst().orElseThrow();

  @BeforeAll
  static void start() {
    cluster = new EmbeddedCluster();
    admin = Jedises.cluster(cluster.uri());
    direct = JedisCounters.on(admin);
    direct.stock("any"); // the client knows the nodes without proxies
    proxies = cluster.announceProxies();
  }

  @AfterAll
  static void stop() {
    admin.close();
    proxies.values().forEach(TcpProxy::close);
    cluster.close();
  }

  @BeforeEach
  void open() {
    deals.forEach(deal -> direct.open(Deal.of(deal, 10)));
    assertThat(onNodeOf(first).size()).isBetween(1, deals.size() - 1);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("sends the scripts for all nodes before it has a reply of any")
  void pipelines(ClusterClient client) {
    try (Client.Connected connected = client.connect(cluster.uri())) {
      connect(connected.counter());
      proxies.values().forEach(proxy -> proxy.holdReplies(true));
      var results =
          CompletableFuture.supplyAsync(() -> connected.counter().claim(orders("second")));
      try {
        Awaitility.await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> deals.stream().allMatch(deal -> stock(deal).claimed() == 2));
        assertThat(results).isNotDone();
      } finally {
        proxies.values().forEach(proxy -> proxy.holdReplies(false));
      }
      assertThat(results.join()).hasSameSizeAs(deals).containsOnly(new Claimed(8, false));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("sends the text of the script to the node that forgot it")
  void scriptFlush(ClusterClient client) {
    try (Client.Connected connected = client.connect(cluster.uri())) {
      connect(connected.counter());
      try (Jedis node = new Jedis(nodeOf(first))) {
        node.scriptFlush();
      }
      assertThat(connected.counter().claim(orders("x"))).containsOnly(new Claimed(8, false));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("has the results of the others where one deal's key has another type")
  void wrongType(ClusterClient client) {
    admin.del("{" + first + "}-deal");
    admin.set("{" + first + "}-deal", "a string");
    try (Client.Connected connected = client.connect(cluster.uri())) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> failures(connected.counter(), orders("connects")).size() == 1);
      PartialFailureException partial = fails(() -> connected.counter().claim(orders("x")));
      assertThat(partial.failures()).containsOnlyKeys(first);
      assertThat(partial.failures().get(first)).hasMessageContaining("is a string, not a hash");
      assertThat(partial.results()).hasSameSizeAs(deals).containsOnly(new Claimed(8, false), null);
      assertThat(partial.results().indexOf(null)).isEqualTo(deals.indexOf(first));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("has the results of the other nodes where one is lost, and takes nothing twice")
  void lostNode(ClusterClient client) {
    try (Client.Connected connected = client.connect(cluster.uri())) {
      connect(connected.counter());
      proxies.get(nodeOf(first)).loseNextReply();
      Map<String, HotDealException> failures = failures(connected.counter(), orders("x"));
      assertThat(failures).containsKey(first);
      assertThat(onNodeOf(first)).containsAll(failures.keySet());
      assertTrue(failures, orders("x"));
      connect(connected.counter());
      assertThat(connected.counter().claim(orders("after"))).containsOnly(new Claimed(7, false));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("has the results of the other nodes where one does not answer in time")
  void silentNode(ClusterClient client) {
    try (Client.Connected connected = client.connect(cluster.uri(), SHORT)) {
      connect(connected.counter());
      TcpProxy silent = proxies.get(nodeOf(first));
      silent.holdReplies(true);
      try {
        PartialFailureException partial = fails(() -> connected.counter().claim(orders("x")));
        assertThat(partial.failures().keySet()).isEqualTo(onNodeOf(first));
        assertThat(partial.failures().values())
            .hasOnlyElementsOfType(OutcomeUnknownException.class);
        assertThat(partial.results()).containsOnly(new Claimed(8, false), null);
      } finally {
        silent.holdReplies(false);
      }
      for (int i = 0; i < 20; i++) { // none of them gets a late reply
        assertThat(connected.counter().claim(orders("x"))).containsOnly(new Claimed(8, true));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("reaches a deal whose slot has moved to another node, once")
  void moved(ClusterClient client) {
    try (Client.Connected connected = client.connect(cluster.uri())) {
      connect(connected.counter());
      new SlotMigration(cluster, first).run();
      assertThat(connected.counter().claim(orders("x"))).containsOnly(new Claimed(8, false));
      assertThat(connected.counter().claim(orders("y"))).containsOnly(new Claimed(7, false));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("reaches a deal while its slot moves, once all its keys have moved")
  void asked(ClusterClient client) {
    String moving = Crowd.freshDealId();
    direct.open(Deal.of(moving, 10).withLimitPerBuyer(5));
    direct.claim(List.of(order(moving, "held"), order(moving, "sold")));
    direct.settle(List.of(order(moving, "sold"))); // so that all its keys are there
    try (Client.Connected connected = client.connect(cluster.uri())) {
      connect(connected.counter());
      SlotMigration migration = new SlotMigration(cluster, moving);
      migration.begin();
      migration.moveKeys();
      try {
        List<Order> orders = new ArrayList<>(orders("x"));
        orders.add(1, order(moving, "x"));
        List<ClaimResult> results = connected.counter().claim(orders);
        assertThat(results.remove(1)).isEqualTo(new Claimed(7, false));
        assertThat(results).containsOnly(new Claimed(8, false));
      } finally {
        migration.end();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("fails only for a deal whose slot moves and that has not all of its keys")
  void halfMoved(ClusterClient client) {
    try (Client.Connected connected = client.connect(cluster.uri())) {
      connect(connected.counter());
      SlotMigration migration = new SlotMigration(cluster, first);
      migration.begin();
      try {
        assertFailsForFirst(connected.counter());
        migration.moveKeys();
        assertFailsForFirst(connected.counter());
      } finally {
        migration.end();
      }
      assertThat(connected.counter().claim(orders("x")))
          .containsOnly(new Claimed(8, false), new Claimed(8, true))
          .containsOnlyOnce(new Claimed(8, false));
    }
  }

  private void assertFailsForFirst(RedisStockCounter counter) {
    PartialFailureException partial = fails(() -> counter.claim(orders("x")));
    assertThat(partial.failures()).containsOnlyKeys(first);
    assertThat(partial.failures().get(first)).hasMessageContaining("TRYAGAIN");
  }

  /** Lettuce may reject commands to a node until it is connected to it. */
  private void connect(RedisStockCounter counter) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> failures(counter, orders("connects")).isEmpty());
  }

  /** No failure says that nothing happened where something did, and nothing happened twice. */
  private void assertTrue(Map<String, HotDealException> failures, List<Order> orders) {
    List<ClaimResult> truth = direct.claim(orders);
    for (int i = 0; i < orders.size(); i++) {
      HotDealException failure = failures.get(orders.get(i).dealId());
      boolean taken = truth.get(i).equals(new Claimed(8, true));
      assertThat(taken || truth.get(i).equals(new Claimed(8, false))).isTrue();
      assertThat(taken && failure instanceof NothingHappenedException).isFalse();
      assertThat(failure == null && !taken).as("a result without a claim").isFalse();
    }
  }

  private static Map<String, HotDealException> failures(
      RedisStockCounter counter, List<Order> orders) {
    try {
      counter.claim(orders);
      return Map.of();
    } catch (PartialFailureException e) {
      return new HashMap<>(e.failures());
    }
  }

  private static PartialFailureException fails(Supplier<List<ClaimResult>> call) {
    return catchThrowableOfType(PartialFailureException.class, call::get);
  }

  private Set<String> onNodeOf(String dealId) {
    URI node = nodeOf(dealId);
    return new HashSet<>(deals.stream().filter(deal -> nodeOf(deal).equals(node)).toList());
  }

  private static URI nodeOf(String dealId) {
    return cluster.nodeOf(DealKeys.of(dealId).get(0));
  }

  private static Stock stock(String dealId) {
    return direct.stock(dealId).orElseThrow();
  }

  /** One of each deal. */
  private List<Order> orders(String id) {
    return deals.stream().map(deal -> order(deal, id)).toList();
  }

  private static Order order(String dealId, String id) {
    return Order.of(id.replace(' ', '-'), dealId, "buyer", 1);
  }
}
