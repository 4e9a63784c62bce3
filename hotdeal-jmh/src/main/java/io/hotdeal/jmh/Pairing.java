package io.hotdeal.jmh;

import io.hotdeal.jmh.load.Comparison;
import io.hotdeal.jmh.load.Contestant;
import io.hotdeal.jmh.load.Figures;
import io.hotdeal.jmh.load.Metric;
import io.hotdeal.jmh.load.Slice;
import io.hotdeal.jmh.load.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be compared with whom.
 *
 * @param bottoms of these the fastest: a baseline at its best; empty for the top alone
 */
record Pairing(Contestant top, List<Contestant> bottoms, Metric metric, @Nullable Target target) {

  /** Each of them, but the base, with the base. */
  static List<Pairing> ofEach(List<Contestant> contestants, Contestant base) {
    return contestants.stream()
        .filter(contestant -> !contestant.equals(base))
        .map(it -> new Pairing(it, List.of(base), Metric.PER_SECOND, null))
        .toList();
  }

  Comparison of(List<Slice> slices) {
    Contestant bottom = bottoms.isEmpty() ? null : Figures.best(slices, bottoms);
    return Comparison.of(slices, top, bottom, metric, target);
  }
}
