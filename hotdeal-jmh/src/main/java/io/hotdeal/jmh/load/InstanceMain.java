package io.hotdeal.jmh.load;

import io.hotdeal.jmh.strategy.Strategies;
import io.hotdeal.jmh.strategy.StrategyFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process of a fleet. Reads tasks from its standard input, and ends with it: for each task it
 * starts the instance, says that it is ready, reads the window, sends the orders, and says what
 * they came to.
 */
public final class InstanceMain {

  private final BufferedReader in;
  private final PrintStream out;

  private InstanceMain(BufferedReader in, PrintStream out) {
    this.in = in;
    this.out = out;
  }

  /** Runs until the standard input ends. */
  public static void main(String[] args) throws IOException, InterruptedException {
    PrintStream out = System.out;
    System.setOut(System.err); // for whoever else prints
    new InstanceMain(
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), out)
        .run();
  }

  private void run() throws IOException, InterruptedException {
    for (Message task = read(); task != null; task = read()) {
      try {
        run(InstanceTask.of(task));
      } catch (RuntimeException e) {
        say(new Message().with("failure", e.toString()));
      }
    }
  }

  private void run(InstanceTask task) throws IOException, InterruptedException {
    LoadProfile profile = task.scenario().profile();
    StrategyFactory factory = Strategies.named(task.scenario().strategy());
    try (RunStores stores = RunStores.at(task.stores());
        Instances instances = Instances.start(factory, stores, profile)) {
      List<Caller> callers = CallerThreads.callers(instances, task.onSale(), profile);
      say(new Message().with("ready", 1));
      Message times = read();
      if (times != null) {
        Window window = Window.of(times);
        Schedule.waitUntil(window.begins());
        CallerThreads threads = CallerThreads.start(callers, window, profile.deals());
        CallCounts calls = stores.callsWithin(window, () -> Schedule.waitUntil(window.ends()));
        say(result(CallerStats.sum(threads.awaitEnd(window), profile.deals()), calls));
      }
    }
  }

  private static Message result(CallerStats.Total total, CallCounts calls) {
    Message result = new Message();
    total.writeTo(result);
    calls.writeTo(result);
    return result;
  }

  private @Nullable Message read() throws IOException {
    String line = in.readLine();
    return line == null ? null : Message.parse(line);
  }

  private void say(Message message) {
    out.println(message.line());
    out.flush();
  }
}
