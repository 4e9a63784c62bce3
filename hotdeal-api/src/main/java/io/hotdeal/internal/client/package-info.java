/**
 * The clients through which the order flow calls the counter, the log and the payment gateway:
 * batched, guarded, retried.
 */
@NullMarked
package io.hotdeal.internal.client;

import org.jspecify.annotations.NullMarked;
