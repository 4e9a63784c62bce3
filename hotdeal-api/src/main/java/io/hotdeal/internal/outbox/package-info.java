/** The delivery of the outbox's events to consumers. */
@NullMarked
package io.hotdeal.internal.outbox;

import org.jspecify.annotations.NullMarked;
