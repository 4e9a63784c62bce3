/** Batching: orders of one deal that wait at the same time share one store call. */
@NullMarked
package io.hotdeal.internal.batch;

import org.jspecify.annotations.NullMarked;
