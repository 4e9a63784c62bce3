package io.hotdeal.jmh.load;

/**
 * Reads contestants as they are written on the command line: a strategy, and what differs from the
 * usual load, {@code hotdeal-log/async/deals=1000}.
 */
public final class Contestants {

  private Contestants() {}

  /**
   * The contestant of that text.
   *
   * @param usual the load where the text says nothing
   * @throws IllegalArgumentException naming the part that is wrong, and what is right
   */
  public static Contestant parse(String text, Shape usual) {
    String[] parts = text.split("/", -1);
    Shape shape = usual;
    for (int i = 1; i < parts.length; i++) {
      shape = with(shape, parts[i], text);
    }
    return new Contestant(parts[0], shape);
  }

  private static Shape with(Shape shape, String part, String text) {
    int equals = part.indexOf('=');
    if (equals > 0) {
      return with(shape, part.substring(0, equals), part.substring(equals + 1), text);
    }
    return switch (part) {
      case "async" -> shape.withDrive(shape.drive().isOpen() ? Drive.OPEN_ASYNC : Drive.ASYNC);
      case "blocking" -> shape.withDrive(shape.drive().isOpen() ? Drive.OPEN : Drive.BLOCKING);
      case "sold-out" -> shape.withStock(Shape.SOLD_OUT);
      default -> throw unknown(part, text);
    };
  }

  private static Shape with(Shape shape, String what, String value, String text) {
    try {
      return switch (what) {
        case "callers" -> shape.withCallers(Integer.parseInt(value));
        case "deals" -> shape.withDeals(Integer.parseInt(value));
        case "rtt" -> shape.withRoundTripMillis(Double.parseDouble(value));
        case "rate" -> shape.withRate(Double.parseDouble(value));
        case "stock" -> shape.withStock(Long.parseLong(value));
        default -> throw unknown(what + "=" + value, text);
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(what + " '" + value + "' of " + text + " is no number", e);
    }
  }

  private static IllegalArgumentException unknown(String part, String text) {
    return new IllegalArgumentException(
        "'"
            + part
            + "' of "
            + text
            + " is none of async, blocking, sold-out, callers=N, deals=N, rtt=MS, rate=N, stock=N");
  }
}
