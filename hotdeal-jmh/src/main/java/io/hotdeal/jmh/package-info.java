/** The JMH benchmarks and the load generator's command line. */
@NullMarked
package io.hotdeal.jmh;

import org.jspecify.annotations.NullMarked;
