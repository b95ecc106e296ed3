package dev.antiphon.testkit.caller;

/** A caller script cannot be used; the message names file, line, rule and value. */
public final class ScriptProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    ScriptProblem(String file, int line, String rule) {
        super(file + (line > 0 ? ", line " + line : "") + ": " + rule);
    }
}
