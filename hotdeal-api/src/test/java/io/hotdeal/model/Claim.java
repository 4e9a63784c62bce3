package io.hotdeal.model;

/** What the counter keeps under an order's id. */
enum Claim {
  NONE,
  /** Holds a unit, watched by the resolver. */
  HELD,
  /** Sold: the id is remembered, so that a late duplicate takes nothing. */
  SETTLED;

  static final Claim[] ALL = values();
}
