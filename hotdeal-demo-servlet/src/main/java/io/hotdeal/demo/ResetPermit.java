package io.hotdeal.demo;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rule for who may reset: with a token, a caller who sends it as {@code Authorization: Bearer
 * …}; without one, a caller on this host. With a token callers on this host need it too: behind a
 * proxy every request comes from this host.
 */
record ResetPermit(Optional<String> token) {

  private static final String SCHEME = "Bearer ";

  boolean allows(HttpServletRequest request) {
    return token.isPresent()
        ? isToken(token.get(), request.getHeader("Authorization"))
        : Browsers.isFromThisHost(request);
  }

  /** The message to a refused caller. */
  String refusal() {
    return token.isPresent()
        ? "a reset needs the token: Authorization: Bearer ..."
        : "a reset comes from this host, or needs a token to be set: hotdeal.reset.token";
  }

  /** Compares in constant time, so that timing does not reveal the token. */
  private static boolean isToken(String token, @Nullable String header) {
    return header != null
        && header.startsWith(SCHEME)
        && MessageDigest.isEqual(bytes(token), bytes(header.substring(SCHEME.length())));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Omits the token, which must not be logged. */
  @Override
  public String toString() {
    return "ResetPermit[" + (token.isPresent() ? "by token" : "from this host") + "]";
  }
}
