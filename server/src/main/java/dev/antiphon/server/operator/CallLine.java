package dev.antiphon.server.operator;

import java.time.Instant;
import java.util.Optional;

/**
 * One call in a list.
 *
 * @param id the session's
 * @param startedAt when it was connected to a model
 * @param flow its flow
 * @param startTier the tier it began on
 * @param tier the tier it runs on, or ended on
 * @param step where its dialog stands; empty before the first move
 * @param outcome {@code completed}, {@code handed_over}, {@code abandoned} or {@code failed}; empty while it is live
 * @param durationMs how long it lasted, or has lasted
 * @param turns of the caller
 * @param slowTurns answered turns over the limit of a slow turn
 * @param costUsd what is known of its cost, in US dollars
 * @param troubles lost or refused model connections
 */
public record CallLine(
        String id,
        Instant startedAt,
        String flow,
        String startTier,
        String tier,
        String step,
        Optional<String> outcome,
        long durationMs,
        int turns,
        int slowTurns,
        double costUsd,
        int troubles) {}
