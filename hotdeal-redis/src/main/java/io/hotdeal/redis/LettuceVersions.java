package io.hotdeal.redis;

import io.lettuce.core.LettuceVersion;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A check of the Lettuce version: before 6.7, even if it rejects commands while it is disconnected,
 * Lettuce repeats unanswered commands after a reconnect.
 */
final class LettuceVersions {

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

  private LettuceVersions() {}

  /** Whether Lettuce on the class path repeats unanswered commands; true if unknown. */
  static boolean repeatsUnanswered() {
    return repeatsUnanswered(LettuceVersion.getVersion());
  }

  /**
   * Whether this version does.
   *
   * @param version null where the manifest of Lettuce's jar was lost, as in a shaded jar
   */
  static boolean repeatsUnanswered(@Nullable String version) {
    Matcher numbers = VERSION.matcher(version == null ? "" : version);
    if (!numbers.matches()) {
      return true;
    }
    int major = Integer.parseInt(numbers.group(1));
    return major < 6 || (major == 6 && Integer.parseInt(numbers.group(2)) < 7);
  }
}
