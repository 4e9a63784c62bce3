/** Sells a limited quantity to a crowd: two ports, one protocol, and the desk that runs it. */
@NullMarked
package io.hotdeal;

import org.jspecify.annotations.NullMarked;
