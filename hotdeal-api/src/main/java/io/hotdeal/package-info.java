/**
 * The API for shops: {@link io.hotdeal.HotDeal} sells limited deals, {@link io.hotdeal.Resolver}
 * finishes the orders that crashed processes left unfinished.
 */
@NullMarked
package io.hotdeal;

import org.jspecify.annotations.NullMarked;
