package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hotdeal.ClaimResult.Claimed;
import io.hotdeal.Deal;
import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.Refusal;
import io.hotdeal.contract.Crowd;
import io.hotdeal.spi.Stock;
import io.hotdeal.testkit.FreePorts;
import io.hotdeal.testkit.TcpProxy;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

@Timeout(60)
@DisplayName("A stock counter whose Redis fails")
class BrokenStoreTest {

  private static final Duration SHORT = Duration.ofMillis(300);

  private final Deal deal = Deal.of(Crowd.freshDealId(), 10);
  private final List<Order> orders = List.of(Order.of("a", deal.id(), "x", 1));

  @ParameterizedTest
  @EnumSource
  @DisplayName("reports that nothing happened if no server listens")
  void down(Client client) throws IOException {
    URI closedPort = URI.create("redis://127.0.0.1:" + FreePorts.next());
    try (Client.Connected connected = client.connect(closedPort)) {
      assertThatThrownBy(() -> connected.counter().claim(orders))
          .isInstanceOf(NothingHappenedException.class)
          .hasMessageContaining("connect");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("reports that nothing happened from the second call on after the server stopped")
  void serverStopped(Client client) {
    EmbeddedRedis redis = new EmbeddedRedis();
    try (Client.Connected connected = client.connect(redis.uri())) {
      connected.counter().open(deal);
      redis.close();
      // The first call may still find its connection alive, and lose it.
      assertThatThrownBy(() -> connected.counter().claim(orders))
          .isInstanceOf(HotDealException.class);
      assertThatThrownBy(() -> connected.counter().claim(orders))
          .isInstanceOf(NothingHappenedException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("reports an unknown outcome if the connection is lost before the reply")
  void lostBeforeTheReply(Client client) throws IOException {
    try (EmbeddedRedis redis = new EmbeddedRedis();
        TcpProxy proxy = new TcpProxy(redis.uri().getPort());
        Client.Connected connected = client.connect(proxy.uri("redis"));
        Client.Connected direct = client.connect(redis.uri())) {
      connected.counter().open(deal);
      connected.counter().claim(List.of(Order.of("first", deal.id(), "x", 1)));
      proxy.closeOnNextReply();
      assertThatThrownBy(() -> connected.counter().claim(orders))
          .isInstanceOf(OutcomeUnknownException.class);
      assertThat(direct.counter().stock(deal.id()).orElseThrow().claimed()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "reports an unknown outcome on a half-open connection, and succeeds in the next call")
  void halfOpen(Client client) throws IOException {
    try (EmbeddedRedis redis = new EmbeddedRedis();
        TcpProxy proxy = new TcpProxy(redis.uri().getPort());
        Client.Connected connected = client.connect(proxy.uri("redis"), SHORT)) {
      connected.counter().open(deal);
      proxy.silenceOpenConnections();
      assertThatThrownBy(() -> connected.counter().claim(orders))
          .isInstanceOf(OutcomeUnknownException.class);
      assertThat(connected.counter().claim(orders)).hasOnlyElementsOfType(Claimed.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("gets an answer in the first call after Redis is started again")
  void returned(Client client) {
    try (EmbeddedRedis redis = new EmbeddedRedis();
        Client.Connected connected = client.connect(redis.uri())) {
      connected.counter().open(deal);
      redis.stop();
      for (int i = 0; i < 10; i++) {
        assertThatThrownBy(() -> connected.counter().claim(orders))
            .isInstanceOf(HotDealException.class);
      }
      redis.start();
      assertThat(connected.counter().claim(orders)).containsExactly(new Refusal.UnknownDeal());
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("reports that nothing happened on a wrong password, without revealing the password")
  void wrongPassword(Client client) {
    try (EmbeddedRedis redis = new EmbeddedRedis();
        Client.Connected connected = client.connect(redis.uri("app", "s3cr3t-word"))) {
      Throwable thrown = catchThrowable(() -> connected.counter().claim(orders));
      assertThat(thrown).isInstanceOf(NothingHappenedException.class);
      assertThat(stackTraceAndCauses(thrown))
          .containsAnyOf("WRONGPASS", "Connection closed prematurely") // Lettuce's race, rarely
          .doesNotContain("s3cr3t");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("does not reveal the password if no server listens")
  void downWithPassword(Client client) throws IOException {
    URI closedPort = URI.create("redis://app:s3cr3t-word@127.0.0.1:" + FreePorts.next());
    try (Client.Connected connected = client.connect(closedPort)) {
      Throwable thrown = catchThrowable(() -> connected.counter().claim(orders));
      assertThat(thrown).isInstanceOf(NothingHappenedException.class);
      assertThat(stackTraceAndCauses(thrown)).doesNotContain("s3cr3t");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("is not created from an invalid URI, and the error does not reveal the password")
  void badUri(Client client) {
    for (String bad : List.of("http://u:s3cr3t@host", "redis://u:s3cr3t@", "redis:s3cr3t")) {
      assertThatThrownBy(() -> client.connect(URI.create(bad.replace("@", "@/"))))
          .isInstanceOf(IllegalArgumentException.class)
          .satisfies(thrown -> assertThat(stackTraceAndCauses(thrown)).doesNotContain("s3cr3t"));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("reports an unknown outcome within its time-out if a call gets no reply")
  void silentCall(Client client) {
    assertUnknown(client, FakeRedis.answering(FakeRedis.SILENCE));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("reports an unknown outcome if the server closes the connection during a call")
  void closesConnection(Client client) {
    assertUnknown(client, FakeRedis.answering(FakeRedis.HANG_UP));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("fails within its time-out if the server accepts connections and never replies")
  void silentServer(Client client) {
    try (FakeRedis redis = FakeRedis.silent();
        Client.Connected connected = client.connect(redis.uri(), SHORT)) {
      assertThatThrownBy(() -> connected.counter().claim(orders))
          .isInstanceOf(HotDealException.class);
    }
  }

  private void assertUnknown(Client client, FakeRedis redis) {
    try (redis;
        Client.Connected connected = client.connect(redis.uri(), SHORT)) {
      assertThatThrownBy(() -> connected.counter().claim(orders))
          .isInstanceOf(OutcomeUnknownException.class);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refusals")
  @DisplayName("reports that nothing happened if Redis rejects the command")
  void refusals(Client client, String reply) {
    try (FakeRedis redis = FakeRedis.answering("-" + reply);
        Client.Connected connected = client.connect(redis.uri())) {
      assertThatThrownBy(() -> connected.counter().claim(orders))
          .isInstanceOf(NothingHappenedException.class)
          .hasMessageContaining(reply);
    }
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
            "READONLY You can't write against a read only replica.",
            "LOADING Redis is loading the dataset in memory",
            "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
            "CLUSTERDOWN The cluster is down",
            "TRYAGAIN Multiple keys request during rehashing of slot",
            "MOVED 3999 127.0.0.1:6381",
            "ASK 3999 127.0.0.1:6381",
            "BUSY Redis is busy running a script.",
            "NOREPLICAS Not enough good replicas to write.",
            "MISCONF Redis is configured to save RDB snapshots",
            "OOM command not allowed when used memory > 'maxmemory'.",
            "NOAUTH Authentication required.",
            "WRONGPASS invalid username-password pair or user is disabled.",
            "NOPERM this user has no permissions to run the 'evalsha' command",
            "NOSCRIPT No matching script.",
            "ERR Error running script (call to f_0a): @user_script:9: @user_script: 9: -READONLY"
                + " You can't write against a read only replica. ",
            "ERR Error running script (call to f_0a): @user_script:9: @user_script: 9: -NOPERM"
                + " The user executing the script can't run this command or subcommand",
            "ERR The user executing the script can't run this command or subcommand script: 0a,"
                + " on @user_script:45.",
            "READONLY You can't write against a read only replica. script: 0a, on"
                + " @user_script:28.")
        .flatMap(reply -> Stream.of(Client.values()).map(client -> Arguments.of(client, reply)));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("reports an unknown outcome on an error of no known kind")
  void unclassified(Client client) {
    assertUnknown(client, FakeRedis.answering("-ERR something new"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-ERR Error running script (call to f_0a): @user_script:21: user_script:21: HOTDEAL half"
            + " written: -NOPERM The user executing the script can't run this command or subcommand",
        "-ERR user_script:21: HOTDEAL half written: ERR The user executing the script can't run"
            + " this command or subcommand script: 0a, on @user_script:21."
      })
  @DisplayName("reports an unknown outcome if Redis rejects a later write of a script")
  void halfWritten(String reply) {
    for (Client client : Client.values()) {
      assertUnknown(client, FakeRedis.answering(reply));
    }
  }

  @Test
  @DisplayName("reports an unknown outcome on an error of a client that repeats commands")
  void repeatingClient() {
    try (FakeRedis redis = FakeRedis.answering("-READONLY You can't write");
        RedisClient lettuce = RedisClient.create(redis.uri().toString())) {
      RedisStockCounter counter = LettuceCounters.on(lettuce);
      assertThatThrownBy(() -> counter.claim(orders))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("READONLY");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("reports that nothing happened if the server became a replica")
  void realReplica(Client client) throws IOException {
    try (EmbeddedRedis redis = new EmbeddedRedis();
        Client.Connected connected = client.connect(redis.uri())) {
      connected.counter().open(deal);
      redis
          .admin()
          .executeCommand(
              new CommandArguments(Command.REPLICAOF).add("127.0.0.1").add(FreePorts.next()));
      assertThatThrownBy(() -> connected.counter().claim(orders))
          .isInstanceOf(NothingHappenedException.class)
          .hasMessageContaining("READONLY");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("claims nothing if Redis is out of memory, but settles and releases earlier claims")
  void realOutOfMemory(Client client) {
    try (EmbeddedRedis redis = new EmbeddedRedis();
        Client.Connected connected = client.connect(redis.uri())) {
      connected.counter().open(deal);
      connected.counter().claim(orders);
      List<Order> sold = List.of(Order.of("sold", deal.id(), "y", 2));
      connected.counter().claim(sold);
      redis.admin().configSet("maxmemory", "1");
      assertThatThrownBy(() -> connected.counter().claim(List.of(Order.of("b", deal.id(), "x", 1))))
          .isInstanceOf(NothingHappenedException.class)
          .hasMessageContaining("OOM");
      connected.counter().settle(sold);
      connected.counter().release(orders);
      assertThat(connected.counter().stock(deal.id()).orElseThrow())
          .returns(8L, Stock::remaining)
          .returns(2L, Stock::settled);
    }
  }

  private static String stackTraceAndCauses(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      text.append(cause.toString()).append('\n');
    }
    return text.toString();
  }
}
