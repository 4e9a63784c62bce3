package io.hotdeal.redis;

import io.hotdeal.NothingHappenedException;
import io.lettuce.core.ClientOptions;

/** A source of the Lettuce connection that all threads share. Thread-safe. */
interface LettuceConnectionSource {

  /**
   * The connection. May block to connect.
   *
   * @throws NothingHappenedException if there is none
   */
  LettuceConnection connection();

  /** The options of the client whose connection it is. */
  ClientOptions options();

  /** Reports that this connection is broken; it may be replaced. */
  void failed(LettuceConnection connection);
}
