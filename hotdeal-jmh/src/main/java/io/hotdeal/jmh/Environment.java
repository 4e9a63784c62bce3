package io.hotdeal.jmh;

/** What the user's environment says of the stores; may be secret, and is never printed. */
final class Environment {

  private Environment() {}

  static String require(String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw new IllegalStateException("the environment variable " + name + " is not set");
    }
    return value;
  }
}
