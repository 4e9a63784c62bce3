package io.hotdeal.jmh.load;

import java.util.List;

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

  CallCounts plus(CallCounts other) {
    return new CallCounts(
        connections + other.connections,
        redisRequests + other.redisRequests,
        commits + other.commits,
        roundTrips + other.roundTrips,
        scripts + other.scripts);
  }

  /** As another process told it by {@link #writeTo}. */
  static CallCounts of(Message message) {
    long[] counts = message.numbers("calls");
    return new CallCounts(counts[0], counts[1], counts[2], counts[3], counts[4]);
  }

  void writeTo(Message message) {
    message.with("calls", List.of(connections, redisRequests, commits, roundTrips, scripts));
  }

  /** Connections and Redis requests together. */
  public long total() {
    return connections + redisRequests;
  }
}
