package io.hotdeal.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import redis.clients.jedis.CommandObject;

/** Script calls in pipelines over Jedis: one for each node, all sent before any is read. */
final class JedisPipelines {

  /**
   * By node, in the same order for all threads: a thread holds a connection to one node while it
   * waits for one to the next.
   */
  private final Map<String, JedisPipeline> byNode = new TreeMap<>();

  /** That of each call. */
  private final List<JedisPipeline> pipelines = new ArrayList<>();

  private JedisPipelines(
      JedisNodes nodes,
      List<ScriptCall> calls,
      Function<ScriptCall, CommandObject<Object>> command) {
    for (ScriptCall call : calls) {
      JedisPipeline pipeline =
          byNode.computeIfAbsent(nodes.nodeOf(call.keys()), node -> new JedisPipeline(nodes, node));
      pipeline.add(command.apply(call));
      pipelines.add(pipeline);
    }
  }

  /** Makes these calls. Blocks until each has a reply or a failure. */
  static List<ScriptOutcome> run(
      JedisNodes nodes,
      JedisFailures failures,
      List<ScriptCall> calls,
      Function<ScriptCall, CommandObject<Object>> command) {
    return new JedisPipelines(nodes, calls, command).outcomes(failures);
  }

  private List<ScriptOutcome> outcomes(JedisFailures failures) {
    try {
      byNode.values().forEach(JedisPipeline::send);
      return pipelines.stream().map(pipeline -> pipeline.next(failures)).toList();
    } finally {
      byNode.values().forEach(JedisPipeline::close);
      byNode.values().forEach(JedisPipeline::reportFailure);
    }
  }
}
