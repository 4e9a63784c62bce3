package io.hotdeal.redis;

import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisMonitor;

/** Records every command that a script calls, by Redis' MONITOR. */
final class CommandWatch implements AutoCloseable {

  private static final String END = "the-watch-ends-here";
  private static final String OF_A_SCRIPT = " lua] ";
  private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final URI redis;
  private final Jedis watcher;
  private final Queue<List<String>> commands = new ConcurrentLinkedQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  CommandWatch(URI redis) {
    this.redis = redis;
    watcher = new Jedis(redis);
    CountDownLatch watching = new CountDownLatch(1);
    Thread thread = new Thread(() -> watch(watching), "command-watch");
    thread.setDaemon(true);
    thread.start();
    await(watching);
  }

  private void watch(CountDownLatch watching) {
    watcher.monitor(
        new JedisMonitor() {
          @Override
          public void proceed(Connection connection) {
            watching.countDown();
            super.proceed(connection);
          }

          @Override
          public void onCommand(String line) {
            if (line.contains(OF_A_SCRIPT)) {
              commands.add(words(line.substring(line.indexOf(OF_A_SCRIPT))));
            } else if (line.contains(END)) {
              ended.countDown();
            }
          }
        });
  }

  private static List<String> words(String line) {
    return WORD.matcher(line).results().map((MatchResult word) -> word.group(1)).toList();
  }

  /** Every command since the start, as words. */
  List<List<String>> stop() {
    try (Jedis jedis = new Jedis(redis)) {
      jedis.ping(END);
    }
    await(ended);
    return List.copyOf(commands);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    watcher.close();
  }
}
