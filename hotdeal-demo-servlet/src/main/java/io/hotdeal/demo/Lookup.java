package io.hotdeal.demo;

import jakarta.servlet.ServletContext;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * A lookup of settings by keys such as {@code hotdeal.jdbc.url}: first in JNDI ({@code
 * java:comp/env/hotdeal.jdbc.url}), then in the web application's context parameters, then in the
 * environment ({@code HOTDEAL_JDBC_URL}).
 */
final class Lookup implements Function<String, @Nullable String> {

  private final ServletContext context;

  Lookup(ServletContext context) {
    this.context = context;
  }

  @Override
  public @Nullable String apply(String key) {
    return jndi(key, Object.class)
        .map(Object::toString)
        .or(() -> Optional.ofNullable(context.getInitParameter(key)))
        .or(() -> Optional.ofNullable(System.getenv(environmentName(key))))
        .orElse(null);
  }

  /** The object that JNDI has under {@code java:comp/env/name}, if any. */
  @SuppressWarnings("BanJNDI") // the names are constants, not a caller's input
  static <T> Optional<T> jndi(String name, Class<T> type) {
    try {
      return Optional.of(type.cast(InitialContext.<Object>doLookup("java:comp/env/" + name)));
    } catch (NamingException e) {
      return Optional.empty(); // not bound, or a server without JNDI
    }
  }

  private static String environmentName(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
