package dev.antiphon.testkit.brain;

import dev.antiphon.session.ToolAnswers;
import dev.antiphon.testkit.emulator.Brain.Entry;
import dev.antiphon.testkit.emulator.Brain.Turn;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Where a conversation stands, read from its history.
 *
 * @param callerWords what the caller said since the assistant last did anything; empty when nothing
 * @param unintelligible whether the caller spoke since then and nothing of it could be transcribed
 * @param answers tool answers that were not spoken yet, oldest first
 * @param agentWords what the caller is answering: the last thing that was asked
 * @param confirmRevision the latest revision that can be confirmed
 * @param confirmationOpen whether the last tool answer or the seed asks for a confirmation
 * @param offer what is on offer
 * @param known the latest values that were given to any tool, by property name, the latest last
 * @param entries the entries of an FAQ that are left to the model, by number; empty when none are
 * @param admittedDeafness whether the assistant already said that it cannot transcribe speech
 */
record Scene(
        String callerWords,
        boolean unintelligible,
        List<ToolAnswer> answers,
        String agentWords,
        OptionalLong confirmRevision,
        boolean confirmationOpen,
        Offer offer,
        Map<String, JsonNode> known,
        Map<Integer, String> entries,
        boolean admittedDeafness) {
    private static final Pattern SEEDED_REVISION = Pattern.compile("confirm_revision\"?\\s*[:=]\\s*(\\d+)");
    private static final Pattern SEEDED_QUESTION = Pattern.compile(
            "^.*\\b(?:open question|last asked)\\b[^:\\n]*:\\s*(.+)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    /** Characters of one turn that are read; nobody says more in one breath. */
    private static final int MOST_WORDS = 1_000;

    private static final String SEED = "Conversation so far:";

    /** As much of a caller's words as is read. */
    static String cut(String words) {
        return words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) : words;
    }

    static Scene of(Turn turn) {
        return new Reader(turn).read();
    }

    Scene withCallerWords(String words) {
        return new Scene(
                words,
                unintelligible,
                answers,
                agentWords,
                confirmRevision,
                confirmationOpen,
                offer,
                known,
                entries,
                admittedDeafness);
    }

    /** The same, where these words answer nothing. */
    Scene apart(String words) {
        return new Scene(
                words,
                unintelligible,
                answers,
                "",
                confirmRevision,
                false,
                Offer.NONE,
                known,
                entries,
                admittedDeafness);
    }

    /** One pass over a history. */
    private static final class Reader {
        private final List<Entry> history;
        private final List<String> said = new ArrayList<>();
        private final List<ToolAnswer> answers = new ArrayList<>();
        private final Map<String, JsonNode> known = new LinkedHashMap<>();
        /** What the caller had said, by the id of the call that came of it. */
        private final Map<String, List<String>> handledBy = new HashMap<>();

        private Map<Integer, String> entries = Map.of();
        private boolean unintelligible;
        private String question = "";
        private OptionalLong revision = OptionalLong.empty();
        private boolean confirmationOpen;
        /** Read only when all is seen: of many offers in a history only the last can be open. */
        private Supplier<Offer> offer = () -> Offer.NONE;

        private boolean admittedDeafness;
        private final Turn turn;

        Reader(Turn turn) {
            this.turn = turn;
            this.history = turn.history();
        }

        Scene read() {
            history.forEach(this::see);
            return new Scene(
                    callerWords(),
                    unintelligible && said.isEmpty(),
                    said.isEmpty() ? List.copyOf(answers) : List.of(),
                    question,
                    revision,
                    confirmationOpen,
                    offer.get(),
                    Collections.unmodifiableMap(known),
                    said.isEmpty() ? entries : Map.of(),
                    admittedDeafness);
        }

        private String callerWords() {
            return cut(String.join(" ", said));
        }

        private void see(Entry entry) {
            switch (entry) {
                case Entry.SystemSaid system -> seeSystem(system.text());
                case Entry.UserSaid user -> {
                    said.add(user.text());
                    answers.clear();
                }
                case Entry.UserUnintelligible ignored -> {
                    unintelligible = true;
                    answers.clear();
                }
                case Entry.AssistantSaid assistant -> seeAssistant(assistant.text(), assistant.heardAll());
                case Entry.ToolCalled call -> {
                    handledBy.put(call.callId(), List.copyOf(said));
                    callerHandled();
                    entries = Map.of();
                    call.arguments().properties().forEach(value -> {
                        known.remove(value.getKey());
                        known.put(value.getKey(), value.getValue());
                    });
                }
                case Entry.ToolAnswered answer -> {
                    if (answer.output().contains(ToolAnswers.CUT_OFF)) {
                        said.addAll(0, handledBy.getOrDefault(answer.callId(), List.of()));
                    } else {
                        seeAnswer(ToolAnswer.of(answer.output()));
                    }
                }
            }
        }

        private void seeSystem(String text) {
            if (!text.startsWith(SEED)) {
                return;
            }
            Matcher seeded = SEEDED_REVISION.matcher(text);
            while (seeded.find()) {
                revision = OptionalLong.of(Long.parseLong(seeded.group(1)));
                confirmationOpen = true;
            }
            Matcher open = SEEDED_QUESTION.matcher(text);
            while (open.find()) {
                String asked = open.group(1);
                question = asked;
                offer = confirmationOpen ? () -> Offer.NONE : () -> Offer.spoken(asked, today());
            }
        }

        private void seeAssistant(String text, boolean heardAll) {
            callerHandled();
            entries = Map.of();
            answers.clear();
            admittedDeafness = admittedDeafness || text.startsWith(SchemaBrain.CANNOT_TRANSCRIBE);
            if (heardAll && (text.contains("?") || question.isEmpty())) {
                question = text;
            }
        }

        private void seeAnswer(ToolAnswer answer) {
            answers.add(answer);
            if (!answer.entries().isEmpty()) {
                entries = answer.entries();
            }
            if (answer.confirmRevision().isPresent()) {
                revision = answer.confirmRevision();
            }
            answer.say().ifPresent(say -> {
                question = say;
                confirmationOpen = answer.confirmRevision().isPresent();
                offer = confirmationOpen ? () -> Offer.NONE : () -> Offer.of(answer, say, today());
            });
        }

        private LocalDate today() {
            return Today.of(turn.instructions(), turn.now());
        }

        private void callerHandled() {
            said.clear();
            unintelligible = false;
        }
    }
}
