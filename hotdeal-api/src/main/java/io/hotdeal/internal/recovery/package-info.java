/** Sweeps, which finish what crashed processes left. */
@NullMarked
package io.hotdeal.internal.recovery;

import org.jspecify.annotations.NullMarked;
