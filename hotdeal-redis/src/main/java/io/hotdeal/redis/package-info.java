/** The stock counter on Redis, over Jedis or Lettuce. */
@NullMarked
package io.hotdeal.redis;

import org.jspecify.annotations.NullMarked;
