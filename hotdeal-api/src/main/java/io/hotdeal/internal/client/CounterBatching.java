package io.hotdeal.internal.client;

import io.hotdeal.internal.batch.BatcherFactory;
import io.hotdeal.internal.batch.FlushPolicy;
import io.hotdeal.internal.resilience.Bulkhead;

/**
 * The batching of calls to the counter.
 *
 * @param claims the factory of the batcher of claims
 * @param claimFlush when a call of claims is sent
 * @param housekeeping the factory of the batchers of settlements and releases
 * @param settleFlush when a call of settlements is sent
 * @param housekeepingLimit the most settlements and releases under way at once
 */
public record CounterBatching(
    BatcherFactory claims,
    FlushPolicy claimFlush,
    BatcherFactory housekeeping,
    FlushPolicy settleFlush,
    Bulkhead housekeepingLimit) {}
