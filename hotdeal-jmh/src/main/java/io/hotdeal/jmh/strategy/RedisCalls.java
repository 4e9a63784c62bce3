package io.hotdeal.jmh.strategy;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The commands that the baselines send, by one client. */
interface RedisCalls extends AutoCloseable {

  /** Whether a call has its answer when it returns, because its thread waited for it. */
  boolean waits();

  void set(String key, long value);

  /** Keeps a script in the server, under the name that is answered. */
  String load(String script);

  CompletableFuture<Long> get(String key);

  CompletableFuture<Long> add(String key, long delta);

  CompletableFuture<Long> run(String sha, List<String> keys, List<String> args);

  @Override
  void close();
}
