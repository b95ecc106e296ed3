package dev.antiphon.flow;

/** One rung of a repair ladder. */
public record StuckRule(StuckTrigger trigger, StuckAction action) {}
