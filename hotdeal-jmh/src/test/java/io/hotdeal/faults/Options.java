package io.hotdeal.faults;

/**
 * How many faults of each kind, from the system properties {@code faults.*}; the POM has the
 * defaults.
 *
 * @param redFirst whether it is first shown that the audit finds damage; true by default
 * @param snapshots restarts from an old snapshot, in addition to {@code wipes}
 * @param network faults for each of the three clients
 * @param deafRounds rounds with and without a silent counter, in each of its cases
 * @param stalls primaries lost in each way, for each of two clients
 * @param holds kills under held orders: of six, four of JVMs, one of Redis, one of PostgreSQL
 * @param fleetMinutes how long faults of all kinds are injected into a fleet
 */
record Options(
    boolean redFirst,
    int jvmKills,
    int redisKills,
    int databaseKills,
    int promotions,
    int wipes,
    int snapshots,
    int network,
    int jdbc,
    int outages,
    int freezes,
    int deafRounds,
    int stalls,
    int holds,
    int fleetMinutes) {

  static Options fromSystemProperties() {
    return new Options(
        !"false".equals(System.getProperty("faults.redFirst")),
        count("jvmKills"),
        count("redisKills"),
        count("databaseKills"),
        count("promotions"),
        count("wipes"),
        count("snapshots"),
        count("network"),
        count("jdbc"),
        count("outages"),
        count("freezes"),
        count("deafRounds"),
        count("stalls"),
        count("holds"),
        count("fleetMinutes"));
  }

  private static int count(String name) {
    int count = Integer.getInteger("faults." + name, 0);
    if (count < 0) {
      throw new IllegalArgumentException("faults." + name + " is " + count + ", not at least 0");
    }
    return count;
  }
}
