package io.hotdeal.jmh.load;

import io.hotdeal.jmh.strategy.StrategyFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Runs each instance of a strategy in a JVM of its own. This one opens the deals and audits the
 * sales.
 *
 * <p>The JVMs are small, and stay until the end of the run. A warm-up uses all of them, however
 * many the scenario has.
 */
public final class ProcessRunner implements ScenarioRunner, AutoCloseable {

  private static final Duration TO_BEGIN = Duration.ofMillis(200);

  private final Function<String, StrategyFactory> strategies;
  private final RunStores stores;
  private final Progress progress;
  private final int most;
  private final List<InstanceProcess> processes = new ArrayList<>();

  /**
   * A runner; starts no process yet.
   *
   * @param strategies by name, as in the other processes
   * @param most the greatest number of instances of the run
   */
  public ProcessRunner(
      Function<String, StrategyFactory> strategies, RunStores stores, Progress progress, int most) {
    this.strategies = strategies;
    this.stores = stores;
    this.progress = progress;
    this.most = most;
  }

  @Override
  public RoundResult run(Scenario scenario, int round, Duration leadIn, Duration time)
      throws InterruptedException {
    Scenario fleet = round == 0 ? scenario.withInstances(most) : scenario;
    LoadProfile here = fleet.profile().withCallers(1).withInstances(1);
    StrategyFactory factory = strategies.apply(scenario.strategy());
    try (Instances first = Instances.start(factory, stores, here)) {
      DealsOnSale onSale = DealsOnSale.of(here);
      first.first().open(onSale.deals());
      long[] before =
          here.isSoldOut() ? StrategyRunner.sellOut(first, onSale) : new long[here.deals()];
      Sent sent = send(fleet, onSale, leadIn, time);
      long[] acknowledged = sent.total.acknowledged(before);
      Audit audit = Audit.of(first.first(), onSale.deals(), acknowledged);
      RoundResult result =
          RoundResult.of(scenario, round, sent.window, new Sales(sent.total, sent.calls, audit));
      progress.end(result.perSecond());
      return result;
    } catch (RuntimeException e) {
      close(); // nobody knows what they still do
      throw e;
    }
  }

  /** What all processes sent. */
  private record Sent(Window window, CallerStats.Total total, CallCounts calls) {}

  private Sent send(Scenario fleet, DealsOnSale onSale, Duration leadIn, Duration time)
      throws InterruptedException {
    InstanceTask.StoreAddresses addresses = stores.addresses(fleet.profile().roundTripMillis());
    List<InstanceProcess> used = processes(fleet.profile().instances());
    for (int i = 0; i < used.size(); i++) {
      used.get(i).send(InstanceTask.of(fleet, i, onSale, addresses).toMessage());
    }
    used.forEach(InstanceProcess::receive); // ready
    Message times = Window.message(TO_BEGIN, leadIn, time);
    used.forEach(process -> process.send(times));
    Window window = Window.of(times);
    CallCounts calls = stores.callsWithin(window, () -> Schedule.waitUntil(window.ends()));
    CallerStats.Total total = new CallerStats.Total(onSale.deals().size());
    for (InstanceProcess process : used) {
      Message result = process.receive();
      total.add(CallerStats.Total.of(result));
      calls = calls.plus(CallCounts.of(result));
    }
    return new Sent(window, total, calls);
  }

  private List<InstanceProcess> processes(int count) {
    while (processes.size() < count) {
      processes.add(InstanceProcess.start());
    }
    return processes.subList(0, count);
  }

  @Override
  public void close() {
    processes.forEach(InstanceProcess::close);
    processes.clear();
  }
}
