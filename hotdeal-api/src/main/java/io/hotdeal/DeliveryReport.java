package io.hotdeal;

import org.jspecify.annotations.Nullable;

/**
 * The report of one delivery of a deal's events to a consumer.
 *
 * @param consumer the consumer's name
 * @param dealId the deal; empty if a whole round failed, because its deals could not be read
 * @param delivered how many events the consumer has taken
 * @param failure why the delivery ended before the last event: what the consumer or the log threw;
 *     null if there was no failure. The rest is delivered later
 */
public record DeliveryReport(
    String consumer, String dealId, long delivered, @Nullable Throwable failure) {}
