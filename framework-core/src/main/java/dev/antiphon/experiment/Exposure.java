package dev.antiphon.experiment;

/**
 * That a call takes part in an experiment.
 *
 * @param experiment its key
 * @param variant the key of the arm
 * @param unit who or what was assigned, as a hash in hexadecimal
 * @param phase the {@link Phase} in which the unit was assigned
 */
public record Exposure(String experiment, String variant, String unit, int phase) {}
