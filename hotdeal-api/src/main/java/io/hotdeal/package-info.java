/**
 * What a shop uses: {@link io.hotdeal.HotDeal} sells limited deals, {@link io.hotdeal.Resolver}
 * finishes what crashed processes left.
 */
@NullMarked
package io.hotdeal;

import org.jspecify.annotations.NullMarked;
