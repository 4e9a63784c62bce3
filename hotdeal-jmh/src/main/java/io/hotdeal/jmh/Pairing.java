package io.hotdeal.jmh;

import io.hotdeal.jmh.load.Comparison;
import io.hotdeal.jmh.load.Contestant;
import io.hotdeal.jmh.load.Figures;
import io.hotdeal.jmh.load.Metric;
import io.hotdeal.jmh.load.Slice;
import java.util.List;

/**
 * Who is to be compared with whom.
 *
 * @param bottoms of these the fastest: a baseline at its best
 */
record Pairing(Contestant top, List<Contestant> bottoms, Metric metric) {

  /** Each of them, but the base, with the base. */
  static List<Pairing> ofEach(List<Contestant> contestants, Contestant base) {
    return contestants.stream()
        .filter(contestant -> !contestant.equals(base))
        .map(contestant -> new Pairing(contestant, List.of(base), Metric.PER_SECOND))
        .toList();
  }

  Comparison of(List<Slice> slices) {
    return Comparison.of(slices, top, Figures.best(slices, bottoms), metric);
  }
}
