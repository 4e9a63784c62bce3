package io.hotdeal.jmh.strategy;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.Optimization;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.hotdeal.Order;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Bucket4j over Redis, by Lettuce: GET, compute, compare and set by a script, again until nobody
 * came between. Two round trips per request at least; with batching, the callers of one process
 * share a request.
 */
final class Bucket4jRedis extends CountdownStrategy<Bucket4jRedis.Proxies> {

  private static final Duration TO_STOP = Duration.ofSeconds(5);

  private final RedisClient client;
  private final StatefulRedisConnection<String, byte[]> connection;
  private final ProxyManager<String> buckets;
  private final Optimization optimization;

  /** One bucket, for callers that wait and for those that do not. */
  record Proxies(BucketProxy waiting, AsyncBucketProxy async) {}

  Bucket4jRedis(Stores stores, Optimization optimization) {
    this.optimization = optimization;
    client = RedisClient.create(RedisURI.create(stores.redis()));
    connection = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
    buckets = Bucket4jLettuce.casBasedBuilder(connection).build();
  }

  @Override
  Proxies open(String dealId, long units) {
    BucketConfiguration bucket = Buckets.of(units);
    String key = dealId + "-bucket";
    BucketProxy waiting = buckets.builder().withOptimization(optimization).build(key, () -> bucket);
    AsyncBucketProxy async =
        buckets
            .asAsync()
            .builder()
            .withOptimization(optimization)
            .build(key, () -> CompletableFuture.completedFuture(bucket));
    waiting.getAvailableTokens(); // makes the bucket
    return new Proxies(waiting, async);
  }

  @Override
  long left(Proxies bucket) {
    return bucket.waiting().getAvailableTokens();
  }

  @Override
  public Answer sell(Order order) {
    return answer(handle(order).waiting().tryConsume(order.quantity()));
  }

  @Override
  public CompletionStage<Answer> sellAsync(Order order) {
    return handle(order).async().tryConsume(order.quantity()).thenApply(CountdownStrategy::answer);
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown(Duration.ZERO, TO_STOP);
  }
}
