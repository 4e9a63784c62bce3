/** The reconciliation of the counter with the log. */
@NullMarked
package io.hotdeal.internal.reconcile;

import org.jspecify.annotations.NullMarked;
