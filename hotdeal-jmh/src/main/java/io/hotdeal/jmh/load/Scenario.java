package io.hotdeal.jmh.load;

/** A strategy under a load: what runs once in every round. */
public record Scenario(String strategy, LoadProfile profile) {

  /** The strategy and the load model: {@code hotdeal-log async}. */
  public String name() {
    return switch (profile.model()) {
      case BLOCKING -> strategy;
      case ASYNC -> strategy + " async";
      case OPEN -> strategy + " open";
      case OPEN_ASYNC -> strategy + " open async";
    };
  }

  /** The name, the callers, and what else of the load differs from the default. */
  public String label() {
    StringBuilder label = new StringBuilder(name()).append(" @").append(profile.callers());
    if (profile.deals() > 1) {
      label.append(" deals=").append(profile.deals());
    }
    if (profile.instances() > 1) {
      label.append(" instances=").append(profile.instances());
    }
    if (profile.roundTripMillis() > 0) {
      label.append(" rtt=").append(LoadProfile.plain(profile.roundTripMillis()));
    }
    if (profile.rate() > 0) {
      label.append(" rate=").append(Math.round(profile.rate()));
    }
    if (profile.isSoldOut()) {
      label.append(" sold-out");
    } else if (!profile.neverSellsOut()) {
      label.append(" stock=").append(profile.stock());
    }
    return label.toString();
  }

  /** The same in another number of instances. */
  public Scenario withInstances(int other) {
    return new Scenario(strategy, profile.withInstances(other));
  }

  @Override
  public String toString() {
    return label();
  }
}
