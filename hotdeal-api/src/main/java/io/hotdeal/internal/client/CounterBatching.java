package io.hotdeal.internal.client;

import io.hotdeal.internal.batch.BatcherFactory;
import io.hotdeal.internal.batch.FlushPolicy;
import io.hotdeal.internal.resilience.Bulkhead;

/**
 * How orders are batched on their way to the counter.
 *
 * @param claims creates the batcher of claims
 * @param claimFlush when a call of claims is sent
 * @param housekeeping creates the batchers of settlements and releases
 * @param settleFlush when a call of settlements is sent
 * @param housekeepingLimit how many settlements and releases may be under way
 */
public record CounterBatching(
    BatcherFactory claims,
    FlushPolicy claimFlush,
    BatcherFactory housekeeping,
    FlushPolicy settleFlush,
    Bulkhead housekeepingLimit) {}
