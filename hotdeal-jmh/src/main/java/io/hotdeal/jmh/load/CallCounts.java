package io.hotdeal.jmh.load;

/**
 * How often the stores of a run were used, so far or within a time.
 *
 * @param connections taken from a pool or opened
 * @param redisRequests as Redis counts them: reads from its sockets
 * @param commits asked for; 0 unless statements are counted
 * @param roundTrips to the database; 0 unless statements are counted
 * @param scripts that Redis was asked to run
 */
public record CallCounts(
    long connections, long redisRequests, long commits, long roundTrips, long scripts) {

  static final CallCounts NONE = new CallCounts(0, 0, 0, 0, 0);

  CallCounts minus(CallCounts earlier) {
    return new CallCounts(
        connections - earlier.connections,
        redisRequests - earlier.redisRequests,
        commits - earlier.commits,
        roundTrips - earlier.roundTrips,
        scripts - earlier.scripts);
  }

  /** Connections and Redis requests together. */
  public long total() {
    return connections + redisRequests;
  }
}
