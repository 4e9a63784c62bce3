package io.hotdeal.faults;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where the stores are, so that a seller in any process can open them.
 *
 * @param client null for no counter
 * @param redisPort of Redis, or of a proxy in front of it
 * @param timeoutMillis of the Redis client
 * @param reds the safeguards that are off
 */
record Shop(
    String jdbcUrl,
    String user,
    Client client,
    int redisPort,
    int timeoutMillis,
    int bankPort,
    List<Red> reds) {

  private static final int TIMEOUT_MILLIS = 500;

  static Shop of(DatabaseNode database, Client client, int redisPort, BankServer bank) {
    return new Shop(
        database.url(), database.user(), client, redisPort, TIMEOUT_MILLIS, bank.port(), List.of());
  }

  Shop withTimeoutMillis(int millis) {
    return new Shop(jdbcUrl, user, client, redisPort, millis, bankPort, reds);
  }

  Shop withUrl(String url) {
    return new Shop(url, user, client, redisPort, timeoutMillis, bankPort, reds);
  }

  Shop withClient(Client other) {
    return new Shop(jdbcUrl, user, other, redisPort, timeoutMillis, bankPort, reds);
  }

  Shop with(Red... off) {
    return with(List.of(off));
  }

  Shop with(List<Red> off) {
    return new Shop(jdbcUrl, user, client, redisPort, timeoutMillis, bankPort, off);
  }

  boolean isOff(Red safeguard) {
    return reds.contains(safeguard);
  }

  /** The words that {@link #read} reads. */
  List<String> toWords() {
    return List.of(
        jdbcUrl,
        user,
        client.name(),
        Integer.toString(redisPort),
        Integer.toString(timeoutMillis),
        Integer.toString(bankPort),
        reds.stream().map(Red::name).collect(Collectors.joining(",")));
  }

  static Shop read(List<String> words) {
    return new Shop(
        words.get(0),
        words.get(1),
        Client.valueOf(words.get(2)),
        Integer.parseInt(words.get(3)),
        Integer.parseInt(words.get(4)),
        Integer.parseInt(words.get(5)),
        words.get(6).isEmpty()
            ? List.of()
            : Arrays.stream(words.get(6).split(",", -1)).map(Red::valueOf).toList());
  }
}
