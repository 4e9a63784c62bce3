package io.hotdeal.jmh.load;

/** A strategy under a load: what one slice of a round runs. */
public record Contestant(String strategy, Shape shape) {

  /** The strategy, and how it is driven: {@code hotdeal-log async}. */
  public String name() {
    return switch (shape.drive()) {
      case BLOCKING -> strategy;
      case ASYNC -> strategy + " async";
      case OPEN -> strategy + " open";
      case OPEN_ASYNC -> strategy + " open async";
    };
  }

  /** The name, and all of the load that differs from the usual. */
  public String label() {
    StringBuilder label = new StringBuilder(name()).append(" @").append(shape.callers());
    if (shape.deals() > 1) {
      label.append(" deals=").append(shape.deals());
    }
    if (shape.roundTripMillis() > 0) {
      label.append(" rtt=").append(Shape.plain(shape.roundTripMillis()));
    }
    if (shape.rate() > 0) {
      label.append(" rate=").append(Math.round(shape.rate()));
    }
    if (shape.isSoldOut()) {
      label.append(" sold-out");
    } else if (!shape.neverSellsOut()) {
      label.append(" stock=").append(shape.stock());
    }
    return label.toString();
  }

  @Override
  public String toString() {
    return label();
  }
}
