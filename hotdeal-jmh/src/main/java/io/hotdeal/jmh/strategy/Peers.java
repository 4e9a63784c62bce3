package io.hotdeal.jmh.strategy;

import io.github.bucket4j.distributed.proxy.optimization.Optimization;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.hotdeal.jmh.strategy.StrategyFactory.Promise;
import java.util.List;
import java.util.Set;

/**
 * Other libraries that can count down a stock.
 *
 * <p>Bucket4j comes twice: as it is, and with its batching optimization, by which threads of one
 * process that want one bucket share a request. That gives up no promise, and is its best.
 */
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
                "a Bucket4j bucket in Redis, compare and set",
                IN_MEMORY,
                stores -> new Bucket4jRedis(stores, Optimization.NONE_OPTIMIZED))),
        Family.only(
            new NamedFactory(
                "bucket4j-redis-batching",
                "the same, where the callers of one process share requests",
                IN_MEMORY,
                stores -> new Bucket4jRedis(stores, Optimizations.batching()))),
        Family.of("bucket4j-postgresql-N", Peers::bucketInPostgresql, 1),
        Family.of("bucket4j-postgresql-batching-N", Peers::batchedBucketInPostgresql, 1));
  }

  private static StrategyFactory bucketInPostgresql(int connections) {
    return bucketInPostgresql(
        "bucket4j-postgresql-" + connections,
        connections + " connections",
        connections,
        Optimization.NONE_OPTIMIZED);
  }

  private static StrategyFactory batchedBucketInPostgresql(int connections) {
    return bucketInPostgresql(
        "bucket4j-postgresql-batching-" + connections,
        "the callers of one process share requests, " + connections + " connections",
        connections,
        Optimizations.batching());
  }

  private static StrategyFactory bucketInPostgresql(
      String name, String setUp, int connections, Optimization optimization) {
    return new NamedFactory(
        name,
        "a Bucket4j bucket in PostgreSQL, SELECT FOR UPDATE; " + setUp,
        Set.of(Promise.DURABLE, Promise.NEVER_OVERSELLS),
        stores -> new Bucket4jPostgresql(stores.pool(connections), optimization));
  }
}
