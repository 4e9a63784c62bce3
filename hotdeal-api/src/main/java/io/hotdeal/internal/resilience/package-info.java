/** Protection against stores that fail, hang or are overloaded, and the threads for that. */
@NullMarked
package io.hotdeal.internal.resilience;

import org.jspecify.annotations.NullMarked;
