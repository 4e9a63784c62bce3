/** The order flow, and the recovery of one unfinished order. */
@NullMarked
package io.hotdeal.internal.order;

import org.jspecify.annotations.NullMarked;
