package io.hotdeal;

import org.jspecify.annotations.Nullable;

/**
 * How far behind a consumer is in a deal.
 *
 * @param consumer the consumer's name
 * @param dealId the deal
 * @param events how many events it has not taken yet
 * @param oldest the first of these, null if there is none
 */
public record EventLag(String consumer, String dealId, long events, @Nullable DealEvent oldest) {}
