/** Events: tells listeners what happens. */
@NullMarked
package io.hotdeal.internal.event;

import org.jspecify.annotations.NullMarked;
