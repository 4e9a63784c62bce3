/** Ways to sell a limited item: hotdeal's own, the baselines, and other libraries'. */
@NullMarked
package io.hotdeal.jmh.strategy;

import org.jspecify.annotations.NullMarked;
