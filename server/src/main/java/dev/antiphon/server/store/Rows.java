package dev.antiphon.server.store;

import dev.antiphon.realtime.Usage;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the tables that are written; a component is a column. Nothing here is what anybody said. */
final class Rows {
    private Rows() {}

    /** What is changed at once. */
    sealed interface Change {}

    /** A call has begun: its row, without an end. */
    record Began(CallRow call) implements Change {}

    /** A call takes part in an experiment. */
    record Entered(ExposureRow exposure) implements Change {}

    /** A call has ended: its row, and all that belongs to it. */
    record Ended(
            CallRow call,
            List<TurnRow> turns,
            List<BargeInRow> bargeIns,
            List<SlotRow> slots,
            List<StepRow> steps,
            List<ToolRow> tools,
            List<TierUseRow> tiers,
            List<TierDecisionRow> decisions)
            implements Change {
        Ended {
            turns = List.copyOf(turns);
            bargeIns = List.copyOf(bargeIns);
            slots = List.copyOf(slots);
            steps = List.copyOf(steps);
            tools = List.copyOf(tools);
            tiers = List.copyOf(tiers);
            decisions = List.copyOf(decisions);
        }
    }

    /** The router has decided. */
    record Decided(RouterDecisionRow decision) implements Change {}

    /** What the router knows of one tier of a flow. */
    record Saved(RouterStateRow state) implements Change {}

    /** What the router's detector has measured. */
    record Measured(RouterEvidenceRow evidence) implements Change {}

    record CallRow(
            String id,
            @Nullable String unit,
            String flow,
            String flowVersion,
            String model,
            boolean simulated,
            String startTier,
            String endTier,
            OffsetDateTime startedAt,
            @Nullable OffsetDateTime endedAt,
            @Nullable Long durationMs,
            @Nullable String outcome,
            @Nullable String outcomeDetail,
            @Nullable String lastStep,
            @Nullable String handoverTarget,
            @Nullable String handoverResult,
            int turns,
            boolean escalated,
            long costMicros,
            long transcriptionMicros,
            int unknownUsages,
            long inputTextTokens,
            long inputAudioTokens,
            long inputImageTokens,
            long cachedTextTokens,
            long cachedAudioTokens,
            long cachedImageTokens,
            long outputTextTokens,
            long outputAudioTokens,
            int utterances,
            int interrupted,
            int overlooked,
            int noMatches,
            int noInputs,
            int repeatedPrompts,
            int corrections,
            int stalled,
            int toolErrors,
            int unbackedClaims,
            int connectionTroubles,
            int rowsLeftOut,
            @Nullable Double firstAudioMs) {}

    record TurnRow(
            String callId,
            int number,
            String tier,
            boolean tool,
            OffsetDateTime answeredAt,
            double totalMs,
            @Nullable Double endpointingMs,
            @Nullable Double modelMs,
            @Nullable Double toolMs,
            @Nullable Double model2Ms,
            @Nullable Double deliveryMs,
            boolean interrupted) {}

    record BargeInRow(String callId, int number, int turn, double heardMs, double stopMs) {}

    record SlotRow(
            String callId, String flow, String slot, String result, int attempts, int noMatches, int corrections) {}

    record StepRow(String callId, String flow, int number, String step, long afterMs) {}

    record ToolRow(String callId, int number, String tool, boolean effect, String outcome, double tookMs) {}

    record TierUseRow(
            String callId,
            String tier,
            int responses,
            long costMicros,
            long inputTextTokens,
            long inputAudioTokens,
            long inputImageTokens,
            long cachedTextTokens,
            long cachedAudioTokens,
            long cachedImageTokens,
            long outputTextTokens,
            long outputAudioTokens) {
        static TierUseRow of(String callId, String tier, int responses, long costMicros, Usage usage) {
            return new TierUseRow(
                    callId,
                    tier,
                    responses,
                    costMicros,
                    usage.inputTextTokens(),
                    usage.inputAudioTokens(),
                    usage.inputImageTokens(),
                    usage.cachedTextTokens(),
                    usage.cachedAudioTokens(),
                    usage.cachedImageTokens(),
                    usage.outputTextTokens(),
                    usage.outputAudioTokens());
        }
    }

    record TierDecisionRow(
            String callId,
            int number,
            OffsetDateTime decidedAt,
            String fromTier,
            @Nullable String toTier,
            double evidence,
            String signals,
            String reason,
            @Nullable String rung,
            @Nullable Long costEstimateMicros) {}

    record ExposureRow(
            String callId, String experiment, String variant, String unit, OffsetDateTime enteredAt, int phase) {}

    record RouterDecisionRow(
            OffsetDateTime decidedAt,
            String flow,
            String tier,
            String kind,
            String fromState,
            String toState,
            double evidence,
            long sessions,
            String reason) {}

    record RouterEvidenceRow(
            OffsetDateTime measuredAt, String flow, String tier, String state, double evidence, double threshold) {}

    record RouterStateRow(String flow, String tier, String state, OffsetDateTime savedAt) {}
}
