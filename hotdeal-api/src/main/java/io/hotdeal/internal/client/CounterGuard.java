package io.hotdeal.internal.client;

import io.hotdeal.internal.resilience.AsyncStoreCalls;
import io.hotdeal.internal.resilience.CircuitBreaker;

/**
 * The protection of calls to the counter.
 *
 * @param refusesWhenDown whether orders are refused while the counter is unavailable; otherwise
 *     they bypass it
 */
public record CounterGuard(
    CircuitBreaker breaker, AsyncStoreCalls calls, boolean refusesWhenDown) {}
