package io.hotdeal.jmh.load;

/** What the user's environment says of the stores; may be secret, and is never printed. */
public final class Environment {

  private Environment() {}

  /**
   * The variable's value.
   *
   * @throws IllegalStateException if it is not set
   */
  public static String require(String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw new IllegalStateException("the environment variable " + name + " is not set");
    }
    return value;
  }
}
