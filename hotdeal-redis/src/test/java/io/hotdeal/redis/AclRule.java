package io.hotdeal.redis;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;

/** The ACL rule that {@link RedisStockCounter} documents, word by word. */
final class AclRule {

  static final String USER = "app";
  static final String PASSWORD = "s3cr3t-word";

  private static final String SCRIPTS =
      """
      ~{*}-quantity ~{*}-deal ~{*}-held ~{*}-settled ~{*}-buyers -@all +evalsha +eval +time +type \
      +get +set +hmget +hset +hdel +hscan +unlink""";

  private static final String CLIENTS = "+hello +auth +client +ping";

  private static final String CLUSTER = "+cluster|slots +cluster|nodes +cluster|myid +info";

  private AclRule() {}

  static CommandArguments standalone(String... also) {
    return setUser(SCRIPTS + " " + CLIENTS, also);
  }

  static CommandArguments cluster() {
    return setUser(SCRIPTS + " " + CLIENTS + " " + CLUSTER);
  }

  /** The commands that were denied since the server started, as "context command". */
  static List<String> denied(URI redis) {
    try (Jedis jedis = new Jedis(redis)) {
      return jedis.aclLog().stream().map(it -> it.getContext() + " " + it.getObject()).toList();
    }
  }

  private static CommandArguments setUser(String rule, String... also) {
    List<String> words = new ArrayList<>(List.of("reset", "on", ">" + PASSWORD));
    words.addAll(Arrays.asList(rule.split(" ")));
    words.addAll(Arrays.asList(also));
    return new CommandArguments(Command.ACL).add("SETUSER").add(USER).addObjects(words);
  }
}
