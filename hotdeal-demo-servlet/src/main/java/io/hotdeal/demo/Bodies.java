package io.hotdeal.demo;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A check of request bodies: parameters come in the query, or in the body of a POST as a form. */
final class Bodies {

  private static final String FORM = "application/x-www-form-urlencoded";

  static final Reply UNSUPPORTED = new Reply(415, "send parameters in the query, or POST a form");

  private Bodies() {}

  /** Whether it has a body that is not read: the order would not be what the client meant. */
  static boolean isUnsupported(HttpServletRequest request) {
    boolean hasBody =
        request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    return hasBody && !(request.getMethod().equals("POST") && isForm(request.getContentType()));
  }

  private static boolean isForm(@Nullable String type) {
    return type != null && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(FORM);
  }
}
