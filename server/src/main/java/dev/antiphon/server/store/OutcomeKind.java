package dev.antiphon.server.store;

import dev.antiphon.session.Outcome;
import java.util.Locale;

/** Why a call ended, in one of a few words: reasons as they are told may hold what somebody said. Pure. */
enum OutcomeKind {
    /** The flow reached its goal. */
    GOAL,
    /** Handed over, since the caller asked for a person. */
    ASKED,
    /** Handed over after a tool or effect had failed. */
    TOOL_FAILURE,
    /** Handed over, since the caller was not understood. */
    NO_MATCH,
    /** Handed over, since the flow says so. */
    POLICY,
    /** Nobody took the call over. */
    NOT_TAKEN_OVER,
    /** The caller called it off. */
    CANCELLED,
    /** The caller fell silent. */
    SILENT,
    /** The caller left. */
    HUNG_UP,
    /** The session crashed. */
    CRASHED,
    /** The session was stopped. */
    STOPPED,
    /** The model could not be reached. */
    CONNECTION,
    /** Another error. */
    ERROR;

    /**
     * What is known of a call at its end.
     *
     * @param wantedPerson the caller asked for a person
     * @param toolFailed the last tool or effect that settled had failed
     * @param notUnderstood the caller was not understood at the last step
     * @param refusedOver a person was asked and did not take it
     * @param connectionTrouble a connection to the model was lost or refused
     */
    record Signs(
            boolean wantedPerson,
            boolean toolFailed,
            boolean notUnderstood,
            boolean refusedOver,
            boolean connectionTrouble) {}

    static OutcomeKind of(Outcome outcome, Signs signs) {
        return switch (outcome) {
            case Outcome.Completed ignored -> GOAL;
            case Outcome.HandedOver ignored ->
                signs.wantedPerson()
                        ? ASKED
                        : signs.toolFailed() ? TOOL_FAILURE : signs.notUnderstood() ? NO_MATCH : POLICY;
            case Outcome.Abandoned abandoned -> abandoned(abandoned.reason(), signs);
            case Outcome.Failed failed -> failed(failed.reason(), signs);
        };
    }

    /** The engine's own sentences. */
    private static OutcomeKind abandoned(String reason, Signs signs) {
        if (signs.refusedOver()) {
            return NOT_TAKEN_OVER;
        }
        if (reason.startsWith("the caller cancelled")) {
            return CANCELLED;
        }
        return reason.startsWith("the caller fell silent") || reason.startsWith("the caller was silent")
                ? SILENT
                : HUNG_UP;
    }

    private static OutcomeKind failed(String reason, Signs signs) {
        if (reason.startsWith("the session crashed")) {
            return CRASHED;
        }
        if (reason.startsWith("the session was stopped")) {
            return STOPPED;
        }
        return signs.connectionTrouble() ? CONNECTION : ERROR;
    }

    /** As it is stored. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
