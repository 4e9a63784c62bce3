package io.hotdeal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order that is sold.
 *
 * @param order not marked as a first attempt
 * @param paymentId the payment that bought a held order; null for every other order, or if nobody
 *     named it
 * @param soldAt when it became PAID, by the log's clock
 */
public record Sale(Order order, @Nullable String paymentId, Instant soldAt) {}
