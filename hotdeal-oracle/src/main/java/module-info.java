/** The order log and the stock counter on Oracle Database. */
module io.hotdeal.oracle {
  requires static com.zaxxer.hikari;
  requires static org.jspecify;
  requires transitive io.hotdeal;
  requires transitive java.sql;
  requires org.slf4j;

  exports io.hotdeal.oracle;
}
