package io.hotdeal.demo;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks of the headers by which a browser reports where a request comes from, and why. Other
 * clients send none of them, and are served.
 */
final class Browsers {

  private static final List<String> PURPOSES = List.of("Sec-Purpose", "Purpose", "X-Moz");
  private static final Set<String> LOOPBACK_NAMES =
      Set.of("localhost", "127.0.0.1", "::1", "[::1]");
  private static final List<String> FORWARDED =
      List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");

  private Browsers() {}

  /** Whether it is a prefetch: the browser sends it before the user has asked for the page. */
  static boolean isPrefetch(HttpServletRequest request) {
    return PURPOSES.stream()
        .map(request::getHeader)
        .anyMatch(it -> it != null && it.toLowerCase(Locale.ROOT).contains("prefetch"));
  }

  /** Whether a page of another site sent it. */
  static boolean isCrossSite(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    return site != null
        ? site.equals("cross-site")
        : !isSameOrigin(request.getHeader("Origin"), request);
  }

  /**
   * Whether it was sent on this machine, by a program or by a page of this server: not through a
   * proxy, not by a page of another site, and not under a foreign host name that resolves to this
   * address (DNS rebinding).
   */
  static boolean isFromThisHost(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    return isLoopback(request.getRemoteAddr())
        && LOOPBACK_NAMES.contains(request.getServerName().toLowerCase(Locale.ROOT))
        && FORWARDED.stream().allMatch(it -> request.getHeader(it) == null)
        && (site == null || site.equals("same-origin") || site.equals("none"))
        && isSameOrigin(request.getHeader("Origin"), request);
  }

  private static boolean isSameOrigin(@Nullable String origin, HttpServletRequest request) {
    String host = request.getHeader("Host");
    return origin == null || authority(origin).filter(it -> it.equalsIgnoreCase(host)).isPresent();
  }

  private static Optional<String> authority(String origin) {
    try {
      return Optional.ofNullable(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress(); // a literal address: no DNS lookup
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
