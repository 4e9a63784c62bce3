/** The load: crowds that bring orders to a strategy, the rounds they run in, and their stores. */
@NullMarked
package io.hotdeal.jmh.load;

import org.jspecify.annotations.NullMarked;
