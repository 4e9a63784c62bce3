package io.hotdeal.redis;

import io.lettuce.core.LettuceVersion;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Lettuce does before 6.7: told to reject commands while it is disconnected, it still sends
 * those again, after a reconnect, whose answers the lost connection owes.
 */
final class OldLettuce {

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

  private OldLettuce() {}

  /** Whether the Lettuce at hand does so; one that does not tell its version may. */
  static boolean isAtHand() {
    return isOld(LettuceVersion.getVersion());
  }

  static boolean isOld(String version) {
    Matcher numbers = VERSION.matcher(version);
    if (!numbers.matches()) {
      return true;
    }
    int major = Integer.parseInt(numbers.group(1));
    return major < 6 || (major == 6 && Integer.parseInt(numbers.group(2)) < 7);
  }
}
