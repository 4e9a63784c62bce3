/** Sweeps, which finish the orders that crashed processes left unfinished. */
@NullMarked
package io.hotdeal.internal.recovery;

import org.jspecify.annotations.NullMarked;
