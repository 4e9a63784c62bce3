package io.hotdeal.jmh.load;

/**
 * How far a comparison has to reach.
 *
 * @param name of the goal
 */
public record Target(String name, double must, double aim) {}
