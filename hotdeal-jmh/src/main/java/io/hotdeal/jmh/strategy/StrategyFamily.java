package io.hotdeal.jmh.strategy;

import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Strategies that differ in one number: {@code row-lock-N} is {@code row-lock-8} and others.
 *
 * @param pattern the name, with {@code N} for the number; without it there is one strategy
 * @param listed the number of the member that {@link Strategies#all} lists
 */
record StrategyFamily(String pattern, int listed, IntFunction<StrategyFactory> maker) {

  /** One strategy without a number. */
  static StrategyFamily only(StrategyFactory factory) {
    return new StrategyFamily(factory.name(), 0, number -> factory);
  }

  StrategyFactory listedMember() {
    return maker.apply(listed);
  }

  Optional<StrategyFactory> named(String name) {
    Matcher matcher = Pattern.compile(pattern.replace("N", "([1-9]\\d{0,5})")).matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int number = matcher.groupCount() == 0 ? 0 : Integer.parseInt(matcher.group(1));
    return Optional.of(maker.apply(number));
  }
}
