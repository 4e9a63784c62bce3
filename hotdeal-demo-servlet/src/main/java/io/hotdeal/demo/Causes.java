package io.hotdeal.demo;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A formatter of failures as one line without the secrets of the settings, because drivers repeat
 * the URL that they were given.
 */
final class Causes {

  private static final String HIDDEN = "***";
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
  private static final int LONGEST = 600;
  private static final int DEEPEST = 20;

  private final List<String> secrets = new ArrayList<>();

  Causes(Settings settings) {
    settings.jdbcUrl().ifPresent(secrets::add); // may hold a password
    settings.redisUri().ifPresent(secrets::add);
    settings.redisUri().flatMap(Causes::password).ifPresent(secrets::add);
    settings.resetToken().ifPresent(secrets::add);
    if (!settings.jdbcPassword().isEmpty()) {
      secrets.add(settings.jdbcPassword());
    }
  }

  /** The messages of the failure and its causes, from the outermost to the root. */
  String of(Throwable failure) {
    List<String> parts = new ArrayList<>();
    Throwable each = failure;
    for (int depth = 0; each != null && depth < DEEPEST; depth++) {
      parts.add(each.getMessage() == null ? each.getClass().getSimpleName() : each.getMessage());
      each = each.getCause();
    }
    String text = parts.stream().distinct().collect(Collectors.joining(": "));
    String line = CONTROL.matcher(hide(text)).replaceAll(" ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  private String hide(String text) {
    String hidden = text;
    for (String secret : secrets) {
      hidden = hidden.replace(secret, HIDDEN);
    }
    return hidden;
  }

  private static Optional<String> password(String uri) {
    try {
      return Optional.ofNullable(URI.create(uri).getUserInfo())
          .map(it -> it.substring(it.indexOf(':') + 1))
          .filter(it -> !it.isEmpty());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
