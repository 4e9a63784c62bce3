package io.hotdeal.jmh.cost;

/**
 * What the stores had to do for a sale.
 *
 * @param commits as the log asked for them
 * @param roundTrips of the log, see {@link CountedJdbc}
 * @param transactions that wrote, as the database numbers them
 * @param scriptCalls as Redis counts them
 */
record Cost(long orders, long commits, long roundTrips, long transactions, long scriptCalls) {

  Cost since(Cost earlier) {
    return new Cost(
        orders - earlier.orders,
        commits - earlier.commits,
        roundTrips - earlier.roundTrips,
        transactions - earlier.transactions,
        scriptCalls - earlier.scriptCalls);
  }

  double perOrder(long count) {
    return (double) count / orders;
  }
}
