/** The reference stores: both contracts in plain Java, for tests and as documentation. */
@NullMarked
package io.hotdeal.memory;

import org.jspecify.annotations.NullMarked;
