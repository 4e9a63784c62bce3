/** The tables of the order log and of the stock counter. */
@NullMarked
package io.hotdeal.oracle.internal.store;

import org.jspecify.annotations.NullMarked;
