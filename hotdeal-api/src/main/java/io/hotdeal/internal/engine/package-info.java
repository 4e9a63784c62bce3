/** The construction of a HotDeal from its configuration. */
@NullMarked
package io.hotdeal.internal.engine;

import org.jspecify.annotations.NullMarked;
