/**
 * The load: caller threads, the rounds that they run in, the stores, and the audit of the sales.
 */
@NullMarked
package io.hotdeal.jmh.load;

import org.jspecify.annotations.NullMarked;
