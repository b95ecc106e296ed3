package dev.antiphon.experiment;

/** What an experiment is to one call. */
public sealed interface Assignment {

    /** The call takes part; {@code phase} is the one in which its unit was assigned. */
    record Entered(Arm arm, String unit, int phase) implements Assignment {}

    /** The unit takes part in nothing. */
    record HeldOut(String unit) implements Assignment {}

    /** The call does not take part. */
    record Excluded(Why why) implements Assignment {}

    /** Why a call does not take part. */
    enum Why {
        /** No call enters the experiment now. */
        NOT_RUNNING,
        /** It is about other flows. */
        OTHER_FLOW,
        /** The unit belongs to other experiments of the namespace. */
        OTHER_PART,
        /** The ramp has not come to this unit. */
        NOT_COVERED
    }
}
