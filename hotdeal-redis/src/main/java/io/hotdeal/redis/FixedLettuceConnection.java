package io.hotdeal.redis;

import io.lettuce.core.ClientOptions;

/** A connection that belongs to the caller and is never replaced. */
record FixedLettuceConnection(LettuceConnection connection) implements LettuceConnectionSource {

  @Override
  public ClientOptions options() {
    return connection.connection().getOptions();
  }

  @Override
  public void failed(LettuceConnection unused) {}
}
