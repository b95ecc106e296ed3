package dev.antiphon.samples.month;

import dev.antiphon.samples.readymade.ReadyMade;
import dev.antiphon.testkit.caller.CallerPersona;
import dev.antiphon.testkit.caller.CallerPersona.Want;
import dev.antiphon.testkit.caller.CallerScript;
import dev.antiphon.testkit.caller.SpeechHabits;
import java.util.List;

/** A line that people call: a ready-made flow and the callers whom it is for. */
enum Line {
    /** The router watches over it. */
    APPOINTMENTS(
            ReadyMade.APPOINTMENTS,
            new CallerPersona(
                    "appointment",
                    "Hello, I would like to book an appointment.",
                    List.of(
                            Want.of(
                                    "The first one, please.",
                                    "which would",
                                    "which one",
                                    "would that work",
                                    "how about"),
                            Want.of("Anna Miller", "name"),
                            Want.of("At three.", "time"),
                            Want.of("Next Tuesday.", "day", "when", "date")),
                    List.of(),
                    SpeechHabits.plain(),
                    List.of("shall i", "book it", "is that right", "correct?", "right?"),
                    List.of("anything else"))),
    /** The experiment is about it. */
    CALLBACK(
            ReadyMade.CALLBACK,
            new CallerPersona(
                    "callback",
                    "Hello, please call me back.",
                    List.of(
                            Want.of("415 555 0132", "number", "reach you", "phone"),
                            Want.of("My invoice.", "about", "talk"),
                            Want.of("Anna Miller", "name"),
                            Want.of("At three.", "time", "nine and five")),
                    List.of(),
                    SpeechHabits.plain(),
                    List.of("is that right", "correct?", "right?"),
                    List.of("anything else")));

    private static final int PATIENCE = 2;

    private final ReadyMade flow;
    private final CallerPersona persona;

    Line(ReadyMade flow, CallerPersona persona) {
        this.flow = flow;
        this.persona = persona;
    }

    ReadyMade flow() {
        return flow;
    }

    /** Its name in facts. */
    String flowName() {
        return flow.shortName();
    }

    /** The caller of this number; one who has to say the same thing a third time hangs up. */
    CallerScript caller(long number) {
        return persona.impatientScript(number, PATIENCE);
    }

    /** The name of a caller of this line, by which {@link #of} knows the line again. */
    String callerName(int number) {
        return flowName() + "-" + number;
    }

    /** The line that this caller calls. */
    static Line of(String callerName) {
        return callerName.startsWith(CALLBACK.flowName()) ? CALLBACK : APPOINTMENTS;
    }
}
