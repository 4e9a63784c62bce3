package io.hotdeal.redis;

import io.hotdeal.StockCounter;
import io.hotdeal.contract.StockCounterContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

@DisplayName("A stock counter on Redis, as a user who may do no more than its Javadoc asks for")
class LeastPrivilegeTest extends StockCounterContract {

  /** Word by word what {@link RedisStockCounter} documents. */
  private static final String RULE =
      """
      ~{*}-quantity ~{*}-deal ~{*}-held ~{*}-settled ~{*}-buyers -@all +evalsha +eval +time +type \
      +get +set +hmget +hset +hdel +hscan +unlink""";

  private static EmbeddedRedis redis;
  private static Client.Connected client;

  @BeforeAll
  static void start() {
    redis = new EmbeddedRedis();
    List<String> rule = new ArrayList<>(List.of("on", ">secret"));
    rule.addAll(Arrays.asList(RULE.split(" ")));
    rule.addAll(List.of("+hello", "+auth", "+client"));
    redis.admin().executeCommand(acl(rule));
    client = Client.JEDIS.connect(redis.uri("app", "secret"));
  }

  private static CommandArguments acl(List<String> rule) {
    return new CommandArguments(Command.ACL).add("SETUSER").add("app").addObjects(rule);
  }

  @AfterAll
  static void stop() {
    client.close();
    redis.close();
  }

  @Override
  protected StockCounter counter() {
    return client.counter();
  }
}
