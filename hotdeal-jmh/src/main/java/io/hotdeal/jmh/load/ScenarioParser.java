package io.hotdeal.jmh.load;

/**
 * Parses scenarios of the command line: a strategy, and what differs from the load of the options,
 * such as {@code hotdeal-log/async/deals=1000}.
 */
public final class ScenarioParser {

  private ScenarioParser() {}

  /**
   * Parses one scenario.
   *
   * @param usual the load where the text says nothing
   * @throws IllegalArgumentException naming the part that is invalid, and what is valid
   */
  public static Scenario parse(String text, LoadProfile usual) {
    String[] parts = text.split("/", -1);
    LoadProfile profile = usual;
    for (int i = 1; i < parts.length; i++) {
      profile = with(profile, parts[i], text);
    }
    return new Scenario(parts[0], profile);
  }

  private static LoadProfile with(LoadProfile profile, String part, String text) {
    int equals = part.indexOf('=');
    if (equals > 0) {
      return with(profile, part.substring(0, equals), part.substring(equals + 1), text);
    }
    return switch (part) {
      case "async" ->
          profile.withModel(profile.model().isOpen() ? LoadModel.OPEN_ASYNC : LoadModel.ASYNC);
      case "blocking" ->
          profile.withModel(profile.model().isOpen() ? LoadModel.OPEN : LoadModel.BLOCKING);
      case "sold-out" -> profile.withStock(LoadProfile.SOLD_OUT);
      default -> throw unknown(part, text);
    };
  }

  private static LoadProfile with(LoadProfile profile, String what, String value, String text) {
    try {
      return switch (what) {
        case "callers" -> profile.withCallers(Integer.parseInt(value));
        case "deals" -> profile.withDeals(Integer.parseInt(value));
        case "instances" -> profile.withInstances(Integer.parseInt(value));
        case "rtt" -> profile.withRoundTripMillis(Double.parseDouble(value));
        case "rate" -> profile.withRate(Double.parseDouble(value));
        case "stock" -> profile.withStock(Long.parseLong(value));
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
            + " is none of async, blocking, sold-out, callers=N, deals=N, instances=N, rtt=MS, rate=N,"
            + " stock=N");
  }
}
