package io.hotdeal.redis;

import io.lettuce.core.LettuceVersion;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells versions of Lettuce apart: before 6.7, even if it rejects commands while it is
 * disconnected, it repeats unanswered commands after a reconnect.
 */
final class LettuceVersions {

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

  private LettuceVersions() {}

  /**
   * Whether the Lettuce on the class path repeats unanswered commands; one of unknown version may.
   */
  static boolean repeatsUnanswered() {
    return repeatsUnanswered(LettuceVersion.getVersion());
  }

  static boolean repeatsUnanswered(String version) {
    Matcher numbers = VERSION.matcher(version);
    if (!numbers.matches()) {
      return true;
    }
    int major = Integer.parseInt(numbers.group(1));
    return major < 6 || (major == 6 && Integer.parseInt(numbers.group(2)) < 7);
  }
}
