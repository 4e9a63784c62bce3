/** What a sale costs its stores, counted. */
@NullMarked
package io.hotdeal.jmh.cost;

import org.jspecify.annotations.NullMarked;
