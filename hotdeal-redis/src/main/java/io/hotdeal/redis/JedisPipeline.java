package io.hotdeal.redis;

import io.hotdeal.redis.ScriptOutcome.Failed;
import io.hotdeal.redis.ScriptOutcome.Replied;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The commands for one node: sent together on one connection, then answered one by one, so that
 * replies which came before a failure count. A connection with unread replies is never used again.
 */
final class JedisPipeline {

  private final JedisNodes nodes;
  private final String node;
  private final List<CommandObject<Object>> commands = new ArrayList<>();
  private int answered;
  private boolean nodeFailed;
  private @Nullable Connection connection;
  private @Nullable JedisException failure;

  JedisPipeline(JedisNodes nodes, String node) {
    this.nodes = nodes;
    this.node = node;
  }

  void add(CommandObject<Object> command) {
    commands.add(command);
  }

  /** Connects and sends all commands. A failure is the outcome of each. */
  void send() {
    try {
      connection = nodes.connect(node);
      for (CommandObject<Object> command : commands) {
        connection.sendCommand(command.getArguments());
      }
      var unused = connection.getMany(0); // flushes
    } catch (JedisException e) {
      fail(e);
    }
  }

  /** The outcome of the next command. Blocks until it is answered. */
  ScriptOutcome next(JedisFailures failures) {
    try {
      return new Replied(reply());
    } catch (JedisException e) {
      return new Failed(failures.of(e));
    }
  }

  private List<?> reply() {
    if (failure != null) {
      throw failure;
    }
    CommandObject<Object> command = commands.get(answered);
    return (List<?>) command.getBuilder().build(read());
  }

  private Object read() {
    try {
      Object reply = Objects.requireNonNull(connection).getOne();
      answered++;
      return reply;
    } catch (JedisDataException e) {
      answered++;
      nodeFailed |= JedisFailures.isOfAllConnections(e);
      throw e;
    } catch (JedisException e) {
      fail(e);
      throw e;
    }
  }

  private void fail(JedisException e) {
    failure = e;
    nodeFailed |= JedisFailures.isOfAllConnections(e);
  }

  /** Gives the connection back, or drops it. */
  void close() {
    if (connection != null) {
      if (answered < commands.size()) {
        connection.setBroken();
      }
      try {
        connection.close();
      } catch (JedisException e) {
        // The pool could not take it back, and dropped it.
      }
    }
  }

  /** Reports a node whose other connections would fail too, once this one is given back. */
  void reportFailure() {
    if (nodeFailed) {
      nodes.failed(node);
    }
  }
}
