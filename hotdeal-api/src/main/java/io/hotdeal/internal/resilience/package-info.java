/** Protection against stores that fail, hang or are overloaded, and the threads of store calls. */
@NullMarked
package io.hotdeal.internal.resilience;

import org.jspecify.annotations.NullMarked;
