package io.hotdeal.redis;

import io.hotdeal.HotDealException;
import io.hotdeal.redis.ScriptOutcome.Failed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Several calls of a script, of which some are made again after certain error replies. */
record ScriptAttempts(List<ScriptCall> calls, List<ScriptOutcome> outcomes) {

  /** A way to make calls; it returns one outcome per call, or throws if it made none of them. */
  interface Attempt extends Function<List<ScriptCall>, List<ScriptOutcome>> {}

  static ScriptAttempts first(List<ScriptCall> calls, Attempt attempt) {
    return new ScriptAttempts(calls, outcomes(calls, attempt));
  }

  /** Makes those calls again whose error replies match; none of them took effect. */
  ScriptAttempts again(Predicate<RedisErrorReply> replies, Attempt attempt) {
    int[] positions =
        IntStream.range(0, calls.size()).filter(i -> matches(outcomes.get(i), replies)).toArray();
    if (positions.length == 0) {
      return this;
    }
    List<ScriptOutcome> latest = new ArrayList<>(outcomes);
    List<ScriptCall> repeated = IntStream.of(positions).mapToObj(calls::get).toList();
    List<ScriptOutcome> replacements = outcomes(repeated, attempt);
    for (int i = 0; i < positions.length; i++) {
      latest.set(positions[i], replacements.get(i));
    }
    return new ScriptAttempts(calls, latest);
  }

  private static boolean matches(ScriptOutcome outcome, Predicate<RedisErrorReply> replies) {
    return outcome instanceof Failed failed
        && failed.failure() instanceof RedisErrorReply reply
        && replies.test(reply);
  }

  private static List<ScriptOutcome> outcomes(List<ScriptCall> calls, Attempt attempt) {
    try {
      return attempt.apply(calls);
    } catch (HotDealException e) {
      return Collections.nCopies(calls.size(), new Failed(e));
    }
  }
}
