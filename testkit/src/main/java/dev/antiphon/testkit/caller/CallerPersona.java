package dev.antiphon.testkit.caller;

import dev.antiphon.testkit.caller.CallerScript.Answer;
import dev.antiphon.testkit.caller.CallerScript.Condition;
import dev.antiphon.testkit.caller.CallerScript.Deed;
import dev.antiphon.testkit.caller.CallerScript.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A kind of caller: what it wants and how it speaks. Each seed makes another caller of that kind.
 *
 * @param name short, for reports
 * @param opening its first words
 * @param wants what it has to give when it is asked, the more particular cues first
 * @param digressions questions that it may ask in between
 * @param habits how it speaks
 * @param confirming what an agent says when it reads back; the caller then says yes
 * @param closing what an agent says when it is done; the caller then says goodbye
 */
public record CallerPersona(
        String name,
        String opening,
        List<Want> wants,
        List<String> digressions,
        SpeechHabits habits,
        List<String> confirming,
        List<String> closing) {
    private static final int OFTEN = 3;
    private static final Duration CUT_IN = Duration.ofMillis(900);

    public CallerPersona {
        wants = List.copyOf(wants);
        digressions = List.copyOf(digressions);
        confirming = List.copyOf(confirming);
        closing = List.copyOf(closing);
        if (confirming.isEmpty()) {
            throw new IllegalArgumentException(
                    "a persona must know what a read-back sounds like, but has no words for it");
        }
    }

    /**
     * One thing that the caller has to give.
     *
     * @param cues what the agent's question contains
     * @param words the caller's answer
     * @param atFirst a value that the caller may give first and correct later
     */
    public record Want(List<String> cues, String words, Optional<String> atFirst) {
        public Want {
            cues = List.copyOf(cues);
        }

        /** A want that is never given wrongly. */
        public static Want of(String words, String... cues) {
            return new Want(List.of(cues), words, Optional.empty());
        }
    }

    /** A caller who wants a visit at a clinic, in English. */
    public static CallerPersona booking(SpeechHabits habits) {
        return new CallerPersona(
                "booking",
                "Hello, I would like to book an appointment.",
                List.of(
                        Want.of("The first one, please.", "which would", "which one", "would that work", "how about"),
                        Want.of("A cleaning, please.", "cleaning", "what kind", "how can i", "which service"),
                        Want.of("415 555 0132", "phone", "reach you"),
                        Want.of("Anna Miller", "name"),
                        new Want(List.of("time"), "At three.", Optional.of("At two.")),
                        Want.of("Next Tuesday.", "day", "when")),
                List.of("Is there parking?", "Do you take insurance?"),
                habits,
                List.of("shall i", "book it", "is that right", "correct?"),
                List.of("anything else"));
    }

    /** The caller of this seed; expected to complete the call, and says everything up to three times. */
    public CallerScript script(long seed) {
        return script(seed, OFTEN, false);
    }

    /**
     * The caller of this seed, who hangs up when asked for something once more than that.
     *
     * @param patience how often it says the same thing, at least 1
     */
    public CallerScript impatientScript(long seed, int patience) {
        return script(seed, patience, true);
    }

    private CallerScript script(long seed, int often, boolean hangsUp) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Answer> answers = new ArrayList<>();
        answers.add(new Answer(new Deed.Say("No, that is all. Thank you, goodbye."), when(closing), OFTEN));
        List<Answer> given = new ArrayList<>();
        for (Want want : wants) {
            given.addAll(given(want, random, answers, often));
        }
        answers.add(new Answer(new Deed.Say("Yes, please."), when(confirming), often));
        answers.addAll(given);
        if (hangsUp) {
            answers.add(new Answer(new Deed.HangUp(), when(confirming), 1));
            wants.forEach(want -> answers.add(new Answer(new Deed.HangUp(), when(want.cues()), 1)));
        }
        Optional<Duration> cutsIn = random.nextDouble() < habits.bargeIn() ? Optional.of(CUT_IN) : Optional.empty();
        return new CallerScript(
                name + "-" + seed,
                "A caller of the kind '" + name + "'.",
                ExpectedOutcome.COMPLETED,
                false,
                List.of(new Step(new Deed.Say(opening), Condition.ALWAYS, cutsIn)),
                answers,
                Optional.empty());
    }

    /** What the caller does when it is asked for it, in order; corrections go before the yes. */
    private List<Answer> given(Want want, SplittableRandom random, List<Answer> beforeYes, int often) {
        Condition asked = when(want.cues());
        List<Answer> all = new ArrayList<>();
        if (random.nextDouble() < habits.silence()) {
            all.add(new Answer(new Deed.StaySilent(habits.pause()), asked, 1));
        }
        if (random.nextDouble() < habits.backChannel()) {
            all.add(new Answer(new Deed.Say("Mhm."), asked, 1));
        }
        if (random.nextDouble() < habits.digression() && !digressions.isEmpty()) {
            String question = digressions.get(random.nextInt(digressions.size()));
            all.add(new Answer(new Deed.Say(question), asked, 1));
        }
        if (random.nextDouble() < habits.correction() && want.atFirst().isPresent()) {
            all.add(new Answer(new Deed.Say(want.atFirst().get()), asked, 1));
            beforeYes.add(new Answer(new Deed.Say("No, " + want.words()), when(confirming), 1));
        }
        all.add(new Answer(new Deed.Say(want.words()), asked, often));
        return all;
    }

    private static Condition when(List<String> cues) {
        return new Condition(cues, List.of());
    }
}
