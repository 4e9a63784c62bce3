/** Rebuilds the counter's count from the log. */
@NullMarked
package io.hotdeal.internal.reconcile;

import org.jspecify.annotations.NullMarked;
