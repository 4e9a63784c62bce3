package io.hotdeal.jmh.cost;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Counts what an order costs its stores (goal P8), on an embedded PostgreSQL and an embedded Redis.
 *
 * <p>How many orders share a call depends on the machine, and on who else wants it: a benchmark's
 * figure. How many calls a batch costs is what the code decides; that is tested.
 */
@Command(
    name = "cost",
    mixinStandardHelpOptions = true,
    description = "Counts commits, round trips and Redis commands per order: P8.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:every must is reached", "3:a must is missed"})
public final class CostCommand implements Callable<Integer> {

  private static final int MISSED = 3;
  private static final int MOST = 10_000;

  @Spec @Nullable CommandSpec spec;

  @Option(names = "--callers", defaultValue = "150", description = "150 unless said")
  int callers;

  @Option(names = "--orders", defaultValue = "200", description = "of each caller; 200 unless said")
  int orders;

  @Option(names = "--rounds", defaultValue = "5", description = "5 unless said, after a warm-up")
  int rounds;

  /** Made by picocli, which reads its options. */
  public CostCommand() {}

  @Override
  public Integer call() throws Exception {
    requireWithin("--callers", callers);
    requireWithin("--orders", orders);
    requireWithin("--rounds", rounds);
    Map<CostWay, List<Cost>> costs;
    try (CountedStores stores = new CountedStores()) {
      costs = costs(stores);
    }
    return print(costs) ? 0 : MISSED;
  }

  /** Every way in turns, each first once for nothing: cold code serves a crowd in drops. */
  private Map<CostWay, List<Cost>> costs(CountedStores stores) throws Exception {
    Map<CostWay, List<Cost>> costs = new LinkedHashMap<>();
    for (CostWay way : CostWay.allOn(stores)) {
      way.sell(stores, new ClosedLoop(callers, orders));
      costs.put(way, new ArrayList<>());
    }
    for (int i = 0; i < rounds; i++) {
      for (Map.Entry<CostWay, List<Cost>> each : costs.entrySet()) {
        each.getValue().add(each.getKey().sell(stores, new ClosedLoop(callers, orders)));
      }
    }
    return costs;
  }

  /** Whether every must is reached. */
  private boolean print(Map<CostWay, List<Cost>> costs) {
    PrintWriter out = spec().commandLine().getOut();
    costs.forEach(
        (way, of) -> {
          out.printf("%s callers, %d of them%n", way.name(), callers);
          CostFigure.ALL.forEach(figure -> out.println(figure.text(of)));
        });
    out.flush();
    return costs.values().stream()
        .allMatch(of -> CostFigure.ALL.stream().noneMatch(figure -> figure.isMissed(of)));
  }

  private CommandSpec spec() {
    return Objects.requireNonNull(spec, "picocli sets it");
  }

  private static void requireWithin(String option, int value) {
    if (value < 1 || value > MOST) {
      throw new IllegalArgumentException(option + " " + value + " is not within 1 and " + MOST);
    }
  }
}
