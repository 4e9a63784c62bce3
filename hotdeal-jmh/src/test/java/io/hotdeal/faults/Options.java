package io.hotdeal.faults;

import java.util.Locale;

/**
 * How many faults of each kind, from the system properties {@code faults.*}.
 *
 * @param snapshots old snapshots; {@code wipes} are beside them
 * @param network faults for each of the three clients
 */
record Options(
    int jvmKills,
    int redisKills,
    int databaseKills,
    int promotions,
    int wipes,
    int snapshots,
    int network,
    int jdbc,
    int outages,
    int freezes) {

  static Options fromSystemProperties() {
    return new Options(
        count("jvmKills", 200),
        count("redisKills", 50),
        count("databaseKills", 50),
        count("promotions", 100),
        count("wipes", 20),
        count("snapshots", 20),
        count("network", 2_000),
        count("jdbc", 300),
        count("outages", 20),
        count("freezes", 30));
  }

  private static int count(String name, int otherwise) {
    String value = System.getProperty("faults." + name, "").strip();
    if (value.isEmpty() || value.startsWith("$")) {
      return otherwise;
    }
    int count = Integer.parseInt(value);
    if (count < 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "faults.%s is %d, not at least 0", name, count));
    }
    return count;
  }
}
