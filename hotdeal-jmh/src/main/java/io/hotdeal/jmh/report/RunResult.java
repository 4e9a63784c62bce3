package io.hotdeal.jmh.report;

import io.hotdeal.jmh.load.Comparison;
import io.hotdeal.jmh.load.RoundResult;
import io.hotdeal.jmh.load.ScenarioResult;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The result of a run.
 *
 * @param environment hardware, versions and options, by name
 * @param rounds in the order in which they ran
 */
public record RunResult(
    Map<String, String> environment, List<RoundResult> rounds, List<Comparison> comparisons) {

  public List<ScenarioResult> scenarios() {
    return ScenarioResult.of(rounds);
  }

  /** Whether a figure is void. */
  public boolean isVoid() {
    return rounds.stream().anyMatch(RoundResult::isVoid);
  }

  /** Why, with the scenario. */
  Stream<String> problems() {
    return scenarios().stream()
        .flatMap(it -> it.problems().stream().map(problem -> it.scenario() + ": " + problem));
  }
}
