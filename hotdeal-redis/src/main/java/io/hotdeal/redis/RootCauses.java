package io.hotdeal.redis;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A formatter of a failure and its causes as one line: a driver's own message says only that it
 * could not connect, while the wrong password, certificate or host name is named by a cause of a
 * cause.
 */
final class RootCauses {

  private static final int MOST = 10;

  private static final int LONGEST = 600;

  /** The user information of a URL: it may hold a password. */
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]*@");

  private RootCauses() {}

  /** The messages of the failure and its causes, the outermost first, each once. */
  static String of(Throwable failure) {
    Set<String> messages = new LinkedHashSet<>();
    for (Throwable each : chain(failure)) {
      String message = messageOf(each);
      if (messages.stream().noneMatch(before -> before.contains(message))) {
        messages.add(message);
      }
    }
    String all = String.join("; ", messages);
    return all.length() <= LONGEST ? all : all.substring(0, LONGEST);
  }

  /** The failure, its causes and their suppressed exceptions, breadth first, each once. */
  static Iterable<Throwable> chain(Throwable failure) {
    Set<Throwable> found = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> open = new ArrayDeque<>();
    Deque<Throwable> inOrder = new ArrayDeque<>();
    open.add(failure);
    while (!open.isEmpty() && inOrder.size() < MOST) {
      Throwable next = open.remove();
      if (found.add(next)) {
        inOrder.add(next);
        Throwable cause = next.getCause();
        if (cause != null) {
          open.add(cause);
        }
        open.addAll(Arrays.asList(next.getSuppressed()));
      }
    }
    return inOrder;
  }

  private static String messageOf(Throwable each) {
    String message = each.getMessage();
    String text = message == null ? each.getClass().getSimpleName() : message;
    if (each instanceof java.net.UnknownHostException) {
      text = "unknown host " + text;
    }
    return USER_INFO.matcher(text).replaceAll("***@").replaceAll("\\s+", " ").strip();
  }
}
