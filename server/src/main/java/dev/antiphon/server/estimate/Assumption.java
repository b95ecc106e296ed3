package dev.antiphon.server.estimate;

/**
 * One thing that an estimate rests on.
 *
 * @param name as people and the option call it
 * @param value with its unit
 * @param source where it is from
 */
public record Assumption(String name, String value, String source) {}
