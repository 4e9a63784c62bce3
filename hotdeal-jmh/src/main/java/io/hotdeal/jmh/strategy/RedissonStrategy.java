package io.hotdeal.jmh.strategy;

import org.redisson.api.RedissonClient;

/** A sale by one of Redisson's objects, one per deal; it ends Redisson with itself. */
abstract class RedissonStrategy<H> extends CountsDown<H> {

  final RedissonClient redisson;

  RedissonStrategy(RedissonClient redisson) {
    this.redisson = redisson;
  }

  @Override
  public final void close() {
    redisson.shutdown();
  }
}
