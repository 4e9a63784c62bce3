package io.hotdeal.jmh;

import io.hotdeal.jmh.load.Contestant;
import io.hotdeal.jmh.load.Contestants;
import io.hotdeal.jmh.load.Drive;
import io.hotdeal.jmh.load.Figures;
import io.hotdeal.jmh.load.Metric;
import io.hotdeal.jmh.load.Shape;
import io.hotdeal.jmh.load.Target;
import io.hotdeal.jmh.report.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Runs what one goal compares, and says how far it reaches. */
@Command(
    name = "goal",
    mixinStandardHelpOptions = true,
    description = "Runs what a goal compares: P1 to P7.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:every must is reached", "1:a figure is void", "3:a must is missed"})
final class GoalCommand implements Callable<Integer> {

  private static final int CALLERS = 150;
  private static final int MISSED = 3;

  @ParentCommand @Nullable Contention contention;

  @Mixin final RunOptions options = new RunOptions();

  @Parameters(paramLabel = "GOAL", description = "P1, P2, … P7")
  String name = "";

  @Override
  public Integer call() throws Exception {
    List<Goal> goals = Goal.named(name);
    Run run = parent().newRun(options);
    double rate = goals.stream().anyMatch(Goal::needsRate) ? highestRate(run) : 0;
    List<Pairing> pairings = goals.stream().map(goal -> pairing(goal, rate)).toList();
    List<Contestant> contestants = contestants(pairings);
    contestants.forEach(run::requireRunnable);
    int exitCode = run.execute(contestants, pairings);
    return exitCode == 0 && run.isAnyMissed() ? MISSED : exitCode;
  }

  private Contention parent() {
    return Objects.requireNonNull(contention, "picocli sets the parent");
  }

  private static double highestRate(Run run) throws InterruptedException {
    List<Contestant> contestants = Goal.RATE_OF.stream().map(text -> contestant(text, 0)).toList();
    Outcome outcome = run.outcome(contestants, List.of());
    Contestant best = Figures.best(outcome.slices(), contestants);
    return Figures.median(outcome.slices(), best, Metric.PER_SECOND);
  }

  private static Pairing pairing(Goal goal, double rate) {
    return new Pairing(
        contestant(goal.top(), rate),
        goal.bottoms().stream().map(text -> contestant(text, rate)).toList(),
        goal.metric(),
        new Target(goal.name(), goal.must(), goal.aim()));
  }

  private static Contestant contestant(String text, double rate) {
    String rated = text.replace(Goal.RATE, String.format(Locale.ROOT, "%.1f", rate));
    return Contestants.parse(rated, Shape.closed(Drive.BLOCKING, CALLERS));
  }

  private static List<Contestant> contestants(List<Pairing> pairings) {
    return pairings.stream()
        .flatMap(it -> Stream.concat(Stream.of(it.top()), it.bottoms().stream()))
        .distinct()
        .toList();
  }
}
