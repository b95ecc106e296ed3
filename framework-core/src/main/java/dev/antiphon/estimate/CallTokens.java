package dev.antiphon.estimate;

import dev.antiphon.realtime.Usage;

/**
 * What one call, or the part of it that one model answers, reads and writes.
 *
 * @param usage the tokens of all responses together
 * @param responses how many; a fraction when it is a mean
 * @param minutes how long
 * @param windowFull whether the conversation outgrew what the model can read, so that its oldest part was left out
 */
public record CallTokens(Usage usage, double responses, double minutes, boolean windowFull) {}
