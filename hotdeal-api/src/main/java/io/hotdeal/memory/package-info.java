/** The reference stores: the two contracts in plain Java, for tests and for reading. */
@NullMarked
package io.hotdeal.memory;

import org.jspecify.annotations.NullMarked;
