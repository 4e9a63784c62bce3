package io.hotdeal.faults;

/**
 * How many faults of each kind, from the system properties {@code faults.*}; the POM has what they
 * are unless said.
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
        count("jvmKills"),
        count("redisKills"),
        count("databaseKills"),
        count("promotions"),
        count("wipes"),
        count("snapshots"),
        count("network"),
        count("jdbc"),
        count("outages"),
        count("freezes"));
  }

  private static int count(String name) {
    int count = Integer.getInteger("faults." + name, 0);
    if (count < 0) {
      throw new IllegalArgumentException("faults." + name + " is " + count + ", not at least 0");
    }
    return count;
  }
}
