/** The stock counter on Redis, over Jedis or Lettuce. */
module io.hotdeal.redis {
  requires static lettuce.core;
  requires static redis.clients.jedis;
  requires static org.jspecify;
  requires static org.apache.commons.pool2;
  requires transitive io.hotdeal;
  requires org.slf4j;

  exports io.hotdeal.redis;
}
