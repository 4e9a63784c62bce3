/** Benchmarks of the stores, alone and behind the order hotDeal. */
@NullMarked
package io.hotdeal.jmh;

import org.jspecify.annotations.NullMarked;
