/** The sale of limited deals: the API for shops, the SPI for stores, and in-memory stores. */
module io.hotdeal {
  requires static org.jspecify;
  requires org.slf4j;

  exports io.hotdeal;
  exports io.hotdeal.memory;
  exports io.hotdeal.spi;
}
