/** The publishing of events to listeners. */
@NullMarked
package io.hotdeal.internal.event;

import org.jspecify.annotations.NullMarked;
