package io.hotdeal.internal.client;

import io.hotdeal.internal.resilience.AsyncStoreCalls;
import io.hotdeal.internal.resilience.CircuitBreaker;

/**
 * How the counter is called, and what happens while it cannot answer.
 *
 * @param refusesWhenDown whether orders are refused then; else they bypass the counter
 */
public record CounterGuard(
    CircuitBreaker breaker, AsyncStoreCalls calls, boolean refusesWhenDown) {}
