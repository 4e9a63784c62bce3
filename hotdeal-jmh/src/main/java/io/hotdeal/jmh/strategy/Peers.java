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

  static List<StrategyFamily> families() {
    return List.of(
        StrategyFamily.only(
            new SimpleStrategyFactory(
                "redisson-semaphore",
                "Redisson's RSemaphore.tryAcquire",
                IN_MEMORY,
                stores -> new RedissonSemaphore(RedissonClients.of(stores)))),
        StrategyFamily.only(
            new SimpleStrategyFactory(
                "bucket4j-redis",
                "a Bucket4j bucket in Redis, compare and set",
                IN_MEMORY,
                stores -> new Bucket4jRedis(stores, Optimization.NONE_OPTIMIZED))),
        StrategyFamily.only(
            new SimpleStrategyFactory(
                "bucket4j-redis-batching",
                "the same, where the callers of one process share requests",
                IN_MEMORY,
                stores -> new Bucket4jRedis(stores, Optimizations.batching()))),
        new StrategyFamily("bucket4j-postgresql-N", 1, Peers::bucketInPostgresql),
        new StrategyFamily("bucket4j-postgresql-batching-N", 1, Peers::batchedBucketInPostgresql));
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
    return new SimpleStrategyFactory(
        name,
        "a Bucket4j bucket in PostgreSQL, SELECT FOR UPDATE; " + setUp,
        Set.of(Promise.DURABLE, Promise.NEVER_OVERSELLS),
        stores -> new Bucket4jPostgresql(stores.pool(connections), optimization));
  }
}
