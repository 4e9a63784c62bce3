package io.hotdeal.jmh.strategy;

import io.hotdeal.jmh.strategy.StrategyFactory.Promise;
import java.util.List;
import java.util.Set;

/** Other libraries that can count down a stock. */
final class Peers {

  private static final Set<Promise> IN_MEMORY = Set.of(Promise.NEVER_OVERSELLS, Promise.ASYNC);

  private Peers() {}

  static List<Family> families() {
    return List.of(
        Family.only(
            new NamedFactory(
                "redisson-semaphore",
                "Redisson's RSemaphore.tryAcquire",
                IN_MEMORY,
                stores -> new RedissonSemaphore(RedissonClients.of(stores)))),
        Family.only(
            new NamedFactory(
                "redisson-permits",
                "Redisson's RPermitExpirableSemaphore.tryAcquire, without a lease",
                IN_MEMORY,
                stores -> new RedissonPermits(RedissonClients.of(stores)))),
        Family.only(
            new NamedFactory(
                "redisson-counter",
                "Redisson's RAtomicLong.addAndGet, and back when below 0",
                IN_MEMORY,
                stores -> new RedissonCounter(RedissonClients.of(stores)))),
        Family.only(
            new NamedFactory(
                "bucket4j-redis",
                "a Bucket4j bucket in Redis, compare and set, its callers batched",
                IN_MEMORY,
                Bucket4jRedis::new)),
        Family.of("bucket4j-postgresql-N", Peers::bucketInPostgresql, 4));
  }

  private static StrategyFactory bucketInPostgresql(int connections) {
    return new NamedFactory(
        "bucket4j-postgresql-" + connections,
        "a Bucket4j bucket in PostgreSQL, SELECT FOR UPDATE, its callers batched, "
            + connections
            + " connections",
        Set.of(Promise.DURABLE, Promise.NEVER_OVERSELLS),
        stores -> new Bucket4jPostgresql(stores.pool(connections)));
  }
}
