package io.hotdeal.internal.batch;

import java.time.Duration;

/**
 * All numbers of the batching policy: how large a store call may be, when it is sent, and how many
 * orders may wait for one.
 *
 * @param maxBatch the most orders in one call
 * @param maxCallsPerDeal the most calls of one deal and verb under way at once
 * @param maxPending the most orders that wait for one deal's next call; more are refused
 * @param claimLinger how long a claim waits for more orders, while {@link #claimsLinger} holds
 * @param settleLinger how long a settlement waits for more orders
 */
public record BatchPolicy(
    int maxBatch,
    int maxCallsPerDeal,
    int maxPending,
    Duration claimLinger,
    Duration settleLinger) {

  public static final int DEFAULT_MAX_BATCH = 512;
  public static final int DEFAULT_MAX_PENDING = 10_000;

  /** The policy of a HotDeal unless its builder is told otherwise. */
  public static final BatchPolicy DEFAULT =
      new BatchPolicy(
          DEFAULT_MAX_BATCH, 2, DEFAULT_MAX_PENDING, Duration.ofMillis(1), Duration.ofMillis(100));

  /**
   * The fewest waiting orders for which a call is sent beside those under way: about as many rows
   * as take a database as long to write as one commit takes.
   */
  static final int MIN_WAITING_FOR_ANOTHER_CALL = 64;

  /** The fewest orders of a deal at the log for which its claims linger. */
  private static final int MIN_PENDING_FOR_CLAIM_LINGER = 16;

  /**
   * The least {@code maxPending} of settlements and releases: a sweep sends many at once, however
   * few orders may be under way.
   */
  private static final int MIN_HOUSEKEEPING_PENDING = 10_000;

  /** The same policy with another {@code maxPending}. */
  public BatchPolicy withMaxPending(int orders) {
    return new BatchPolicy(maxBatch, maxCallsPerDeal, orders, claimLinger, settleLinger);
  }

  /** The policy of settlements and releases, which also come from sweeps. */
  public BatchPolicy forHousekeeping() {
    return withMaxPending(Math.max(maxPending, MIN_HOUSEKEEPING_PENDING));
  }

  /**
   * Whether so many orders of a deal at the log make it worthwhile to delay its next claim call.
   */
  public boolean claimsLinger(int pendingAtLog) {
    return pendingAtLog >= MIN_PENDING_FOR_CLAIM_LINGER;
  }

  /** How many waiting orders end the linger of their call; below the number that is refused. */
  int flushSize() {
    return Math.min(maxBatch, Math.max(1, maxPending / 4));
  }

  /**
   * Whether a call is sent now. Beside calls under way, only if at least {@link
   * #MIN_WAITING_FOR_ANOTHER_CALL} orders wait, and at least half as many as the last call took:
   * the new call writes its rows while the other one commits. Fewer orders are served faster by one
   * call, because two contend for the deal's row.
   */
  boolean startsCall(int callsUnderWay, int waiting, int lastBatchSize) {
    return callsUnderWay == 0
        || (callsUnderWay < maxCallsPerDeal
            && waiting >= MIN_WAITING_FOR_ANOTHER_CALL
            && 2 * waiting >= lastBatchSize);
  }
}
