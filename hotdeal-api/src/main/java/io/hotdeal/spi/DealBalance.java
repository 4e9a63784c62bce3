package io.hotdeal.spi;

/**
 * What a deal has left in the log, without its orders, in one consistent snapshot.
 *
 * @param terms its terms as they are now
 * @param left units neither reserved, held, paid nor written off; exact in every committed state
 */
public record DealBalance(DealTerms terms, long left) {

  /** Whether the deal was closed by {@link OrderLog#close}. */
  public boolean closed() {
    return terms.closed();
  }
}
