package dev.antiphon.admission;

import java.time.Instant;

/**
 * A limit that the model's service has reported, without enough left for another call.
 *
 * @param name the service's word for it: {@code requests} or {@code tokens}
 * @param remaining what is left of it
 * @param limit all of it, in a minute
 * @param until when enough for another call is there again
 */
public record ServiceLimit(String name, int remaining, int limit, Instant until) {}
