package dev.antiphon.flow.slot;

import org.jspecify.annotations.Nullable;

/** An author's check threw, took too long, or gave nothing that can be used: the value is as good as not understood. */
public final class CheckFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    CheckFailed(String problem, @Nullable Throwable cause) {
        super(problem, cause);
    }

    /** What an author's code threw; its message may hold the caller's value, and is in the cause alone. */
    static CheckFailed by(@Nullable Throwable thrown) {
        return thrown instanceof CheckFailed known ? known : new CheckFailed(kind(thrown), thrown);
    }

    /** Of what kind a failure is, without its words. */
    public static String kind(@Nullable Throwable failure) {
        return failure == null ? "nothing" : failure.getClass().getName().replaceFirst("^.*\\.", "");
    }
}
