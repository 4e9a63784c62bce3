package io.hotdeal.redis;

import io.hotdeal.OutcomeUnknownException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The Lua scripts, one per operation. Redis names a script by the SHA-1 of its text, so different
 * versions of the library can share a server.
 */
enum Script {
  OPEN,
  CLAIM,
  POSTPONE,
  SETTLE,
  RELEASE,
  GIVE_BACK,
  STOCK,
  HELD,
  RESTORE,
  CHANGE,
  CLOSE,
  PURGE,
  EVICTION;

  private final String text;
  private final String sha;

  Script() {
    text = resource("deal.lua") + resource(name().toLowerCase(Locale.ROOT) + ".lua");
    sha = sha1(text);
  }

  /**
   * Runs the script by its SHA-1. A server that does not know it has done nothing; it is then sent
   * the text, once.
   *
   * @throws io.hotdeal.NothingHappenedException if the error proves that it had no effect
   * @throws OutcomeUnknownException if it does not
   */
  ScriptReply run(ScriptRunner runner, List<String> keys, List<String> args) {
    return reply(runner, runAll(runner, List.of(new ScriptCall(keys, args))).get(0));
  }

  /** Runs the script for each of these calls, as {@link #run} does; {@link #reply} tells how. */
  List<ScriptOutcome> runAll(ScriptRunner runner, List<ScriptCall> calls) {
    return ScriptAttempts.first(calls, all -> runner.evalshaAll(sha, all))
        .again(RedisErrorReply::isNoScript, missing -> runner.evalAll(text, missing))
        .outcomes();
  }

  /** The reply of an outcome; throws as {@link #run}. */
  static ScriptReply reply(ScriptRunner runner, ScriptOutcome outcome) {
    try {
      return new ScriptReply(outcome.reply());
    } catch (RedisErrorReply e) {
      if (runner.repeats()) {
        throw new OutcomeUnknownException("Redis answered the last attempt: " + e.reply());
      }
      throw RedisErrors.ofReply(e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Script.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name + " beside " + Script.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha1(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
