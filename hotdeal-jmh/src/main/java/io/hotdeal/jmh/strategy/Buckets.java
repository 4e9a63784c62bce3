package io.hotdeal.jmh.strategy;

import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;

/**
 * How Bucket4j is set up: a bucket of as many tokens as there are units, full at first.
 *
 * <p>Bucket4j has no bucket that is never refilled: here one token comes after a year.
 */
final class Buckets {

  private static final Duration NOT_IN_THIS_RUN = Duration.ofDays(365);

  private Buckets() {}

  static BucketConfiguration of(long units) {
    return BucketConfiguration.builder()
        .addLimit(limit -> limit.capacity(units).refillIntervally(1, NOT_IN_THIS_RUN))
        .build();
  }
}
