package io.hotdeal;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A change of a deal's terms while it sells, see {@link HotDeal#change}: what it does not name
 * stays as it is.
 *
 * <pre>{@code
 * hotDeal.change("prod-001", DealChange.to(DealState.PAUSED));
 * hotDeal.change("prod-001", DealChange.to(DealState.OPEN).closes(tomorrow).limitPerBuyer(2));
 * }</pre>
 */
public final class DealChange {

  private static final DealChange NOTHING = new DealChange(null, null, null, null);

  private final @Nullable DealState state;
  private final @Nullable Long limitPerBuyer;
  private final @Nullable Instant opens;
  private final @Nullable Instant closes;

  private DealChange(
      @Nullable DealState state,
      @Nullable Long limitPerBuyer,
      @Nullable Instant opens,
      @Nullable Instant closes) {
    this.state = state;
    this.limitPerBuyer = limitPerBuyer;
    this.opens = opens;
    this.closes = closes;
  }

  /** The change that names no term: a start for those that leave the state as it is. */
  public static DealChange nothing() {
    return NOTHING;
  }

  /** A change to this state: pauses, resumes, closes, or opens again what was closed. */
  public static DealChange to(DealState state) {
    return new DealChange(state, null, null, null);
  }

  /** The same change, and to this limit per buyer; 0 for no limit. */
  public DealChange limitPerBuyer(long units) {
    return new DealChange(state, units, opens, closes);
  }

  /** The same change, and to this opening time, inclusive. */
  public DealChange opens(Instant from) {
    return new DealChange(state, limitPerBuyer, from, closes);
  }

  /** The same change, and to this closing time, exclusive. */
  public DealChange closes(Instant until) {
    return new DealChange(state, limitPerBuyer, opens, until);
  }

  /** The new state, or empty if it stays. */
  public Optional<DealState> state() {
    return Optional.ofNullable(state);
  }

  /** The new limit per buyer, or empty if it stays. */
  public OptionalLong limitPerBuyer() {
    return limitPerBuyer == null ? OptionalLong.empty() : OptionalLong.of(limitPerBuyer);
  }

  /**
   * The terms after this change.
   *
   * @throws IllegalArgumentException if a value is out of range, or the deal would close before it
   *     opens
   */
  public Deal applyTo(Deal deal) {
    Deal limited = limitPerBuyer == null ? deal : deal.withLimitPerBuyer(limitPerBuyer);
    return opens == null && closes == null
        ? limited
        : limited.withWindow(
            opens == null ? deal.opens() : opens, closes == null ? deal.closes() : closes);
  }

  @Override
  public String toString() {
    return "DealChange[state="
        + state
        + ", limitPerBuyer="
        + limitPerBuyer
        + ", opens="
        + opens
        + ", closes="
        + closes
        + "]";
  }
}
