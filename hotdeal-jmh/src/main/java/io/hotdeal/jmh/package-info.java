/** Benchmarks of the stores, alone and behind the order desk. */
@NullMarked
package io.hotdeal.jmh;

import org.jspecify.annotations.NullMarked;
