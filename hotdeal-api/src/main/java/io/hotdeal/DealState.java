package io.hotdeal;

/** Whether a deal takes new orders within its window. Orders under way are not affected. */
public enum DealState {
  /** New orders are taken within the window. */
  OPEN,
  /** New orders are refused with {@link Refusal.Paused}, until the deal is resumed. */
  PAUSED,
  /** New orders are refused with {@link Refusal.Closed}. */
  CLOSED
}
