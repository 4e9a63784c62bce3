/** The two ports that a store implements, and the values that they exchange. */
@NullMarked
package io.hotdeal.spi;

import org.jspecify.annotations.NullMarked;
