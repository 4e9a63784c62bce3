package io.hotdeal.jmh;

import io.hotdeal.jmh.cost.CostCommand;
import io.hotdeal.jmh.load.Contestant;
import io.hotdeal.jmh.load.Contestants;
import io.hotdeal.jmh.load.Drive;
import io.hotdeal.jmh.load.Shape;
import io.hotdeal.jmh.strategy.Strategies;
import io.hotdeal.jmh.strategy.StrategyFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The load driver: many callers, one hot deal, several ways to sell it, in turns.
 *
 * <pre>
 *   java -cp hotdeal-jmh/target/benchmarks.jar io.hotdeal.jmh.Contention            a short look
 *   … Contention --strategies row-lock,hotdeal-log,hotdeal-log/async --rounds 5 --html report.html
 *   … Contention --callers 1,10,50,150,500,1000 --deals 1,1000 --rtt 0,0.5,2       sweeps
 *   … Contention --rate 300                                                         an open loop
 *   … Contention goal P1                                                            must / reached
 *   … Contention cost                                                               calls per order
 * </pre>
 */
@Command(
    name = "Contention",
    mixinStandardHelpOptions = true,
    description = "Sells a hot deal in several ways, in turns, and compares them.",
    subcommands = {GoalCommand.class, CostCommand.class, CommandLine.HelpCommand.class},
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:every figure holds", "1:a figure is void", "2:the options make no sense"})
public final class Contention implements Callable<Integer> {

  @Mixin final RunOptions options = new RunOptions();

  @Option(
      names = "--strategies",
      split = ",",
      defaultValue = "row-lock,hotdeal-log",
      description = "names, each with what differs for it: hotdeal-log/async/deals=1000")
  List<String> strategies = List.of();

  @Option(names = "--base", description = "what the others are divided by; the first unless said")
  String base = "";

  @Option(names = "--async", description = "no thread waits for an answer, where a strategy can")
  boolean async;

  @Option(
      names = "--rate",
      defaultValue = "0",
      description = "an open loop: so many orders a second, whatever the answers do")
  double rate;

  @Option(names = "--callers", split = ",", defaultValue = "150", description = "150 unless said")
  List<Integer> callers = List.of();

  @Option(names = "--deals", split = ",", defaultValue = "1", description = "1 (hot) unless said")
  List<Integer> deals = List.of();

  @Option(
      names = "--rtt",
      split = ",",
      defaultValue = "0",
      description = "milliseconds that a proxy adds to each round trip to a store")
  List<Double> roundTrips = List.of();

  @Option(names = "--sold-out", description = "measures refusals of a deal that is sold out")
  boolean soldOut;

  @Option(
      names = "--stock",
      defaultValue = "0",
      description = "units of each deal, to see whether more are sold; 0: it never sells out")
  long stock;

  private final Function<String, StrategyFactory> factories;

  Contention(Function<String, StrategyFactory> factories) {
    this.factories = factories;
  }

  /** Runs it; ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine(Strategies::named).execute(args));
  }

  /** The command, and the strategies that it knows. */
  static CommandLine commandLine(Function<String, StrategyFactory> strategies) {
    return new CommandLine(new Contention(strategies))
        .registerConverter(Duration.class, new Durations())
        .setExecutionExceptionHandler(new Complaints());
  }

  Run newRun(RunOptions with) {
    return new Run(with, factories);
  }

  @Override
  public Integer call() throws Exception {
    Run run = newRun(options);
    List<Contestant> contestants = new ArrayList<>();
    List<Pairing> pairings = new ArrayList<>();
    for (Shape shape : shapes()) {
      List<Contestant> under =
          strategies.stream().map(text -> contestant(run, text, shape)).toList();
      contestants.addAll(under);
      pairings.addAll(Pairing.ofEach(under, under.get(basePosition())));
    }
    List<Contestant> once = contestants.stream().distinct().toList();
    return run.execute(once, pairings.stream().distinct().toList());
  }

  private int basePosition() {
    int position = base.isEmpty() ? 0 : strategies.indexOf(base);
    if (position < 0) {
      throw new IllegalArgumentException("--base " + base + " is none of " + strategies);
    }
    return position;
  }

  private List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    for (int caller : callers) {
      for (int deal : deals) {
        for (double roundTrip : roundTrips) {
          Shape shape = Shape.closed(Drive.BLOCKING, caller).withDeals(deal);
          shapes.add(
              shape.withRoundTripMillis(roundTrip).withStock(soldOut ? Shape.SOLD_OUT : stock));
        }
      }
    }
    return shapes;
  }

  private Contestant contestant(Run run, String text, Shape shape) {
    boolean driven = async && run.canBeAsync(text.split("/", 2)[0]);
    Shape closed = driven ? shape.withDrive(Drive.ASYNC) : shape;
    Contestant contestant = Contestants.parse(text, rate == 0 ? closed : closed.withRate(rate));
    run.requireRunnable(contestant);
    return contestant;
  }
}
