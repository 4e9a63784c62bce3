package io.hotdeal.redis;

import java.util.List;

/**
 * What one of several calls of a script is made with.
 *
 * @param keys all of one hash slot
 * @param args the script's arguments, any number
 */
public record ScriptCall(List<String> keys, List<String> args) {}
