package io.hotdeal.demo;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may reset: whoever brings the token, {@code Authorization: Bearer …}; where none is set,
 * whoever is on this host. A token shuts out this host too: behind a proxy everybody is on it.
 */
record ResetPermit(Optional<String> token) {

  private static final String SCHEME = "Bearer ";

  boolean allows(HttpServletRequest request) {
    return token.isPresent()
        ? isToken(token.get(), request.getHeader("Authorization"))
        : Browsers.isFromThisHost(request);
  }

  /** What a refused caller reads. */
  String refusal() {
    return token.isPresent()
        ? "a reset needs the token: Authorization: Bearer ..."
        : "a reset comes from this host, or needs a token to be set: hotdeal.reset.token";
  }

  /** Takes as long for a wrong token as for the right one. */
  private static boolean isToken(String token, @Nullable String header) {
    return header != null
        && header.startsWith(SCHEME)
        && MessageDigest.isEqual(bytes(token), bytes(header.substring(SCHEME.length())));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Keeps the token out of logs. */
  @Override
  public String toString() {
    return "ResetPermit[" + (token.isPresent() ? "by token" : "from this host") + "]";
  }
}
