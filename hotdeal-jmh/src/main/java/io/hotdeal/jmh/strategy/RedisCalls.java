package io.hotdeal.jmh.strategy;

import java.util.concurrent.CompletableFuture;

/** The Redis commands of the baselines, sent by one client library. */
interface RedisCalls extends AutoCloseable {

  /** Whether calls block: their future is complete on return. */
  boolean isBlocking();

  void set(String key, long value);

  CompletableFuture<Long> get(String key);

  CompletableFuture<Long> add(String key, long delta);

  @Override
  void close();
}
