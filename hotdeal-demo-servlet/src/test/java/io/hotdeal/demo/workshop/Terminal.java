package io.hotdeal.demo.workshop;

import java.io.Console;

/** Whether the output is a terminal: a file would keep each line that is to be overwritten. */
final class Terminal {

  private Terminal() {}

  @SuppressWarnings("SystemConsoleNull") // asked below
  static boolean isThere() {
    Console console = System.console();
    return console != null && isTerminal(console) && !"dumb".equals(System.getenv("TERM"));
  }

  /** JDK 22 may have a console without a terminal, and a method to ask; JDK 17 has neither. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
