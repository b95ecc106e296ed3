package dev.antiphon.server.experiment;

/** Experiments that cannot be run as they are defined: the message has the file and line where there is one, the rule and the value. */
public final class ExperimentProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    ExperimentProblem(String message) {
        super(message);
    }

    ExperimentProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
