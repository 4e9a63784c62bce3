package io.hotdeal.oracle.internal.store;

import io.hotdeal.Order;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row to insert, of an order or of a claim.
 *
 * @param decided when the status became final, null if it is not
 * @param expires the deadline of an order that is held, else null
 */
record NewRow(
    Order order,
    String status,
    Instant recordedAt,
    @Nullable Instant decided,
    @Nullable Instant expires) {}
