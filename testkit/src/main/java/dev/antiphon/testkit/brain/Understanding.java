package dev.antiphon.testkit.brain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What the caller's words mean, as far as this simulation understands English.
 *
 * @param acts what the caller does, in order; empty when the words mean nothing to it
 */
record Understanding(List<Act> acts) {
    Understanding {
        acts = List.copyOf(acts);
    }

    /**
     * Understands an utterance.
     *
     * @param scene where the conversation stands
     * @param slots the properties that can be filled
     * @param today the day of the call
     * @param phoneRegion the region of phone numbers without a country code, for example {@code US}
     */
    static Understanding of(Scene scene, List<Property> slots, LocalDate today, String phoneRegion) {
        return new Reader(scene, slots, today, phoneRegion).read();
    }

    /** All values that the caller gave. */
    Map<String, JsonNode> values() {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        for (Act act : acts) {
            if (act instanceof Act.Inform inform) {
                all.putAll(inform.values());
            }
        }
        return all;
    }

    boolean has(Class<? extends Act> kind) {
        return acts.stream().anyMatch(kind::isInstance);
    }

    /** Reads one utterance, clause by clause. */
    private static final class Reader {
        private final Scene scene;
        private final List<Property> slots;
        private final LocalDate today;
        private final String phoneRegion;
        private final Expectation expectation;
        private final List<Act> acts = new ArrayList<>();
        private String smallTalk = "";

        Reader(Scene scene, List<Property> slots, LocalDate today, String phoneRegion) {
            this.scene = scene;
            this.slots = slots;
            this.today = today;
            this.phoneRegion = phoneRegion;
            this.expectation = Expectation.of(scene.agentWords(), slots).orOffered(scene.offer(), slots, today);
        }

        Understanding read() {
            String said = Words.of(scene.callerWords()).text();
            for (Clause clause : Clause.split(said)) {
                read(clause);
            }
            if (acts.isEmpty() && !smallTalk.isEmpty()) {
                acts.add(new Act.Order(Act.Control.CHITCHAT, smallTalk));
            }
            return new Understanding(acts);
        }

        private void read(Clause clause) {
            var order = Phrases.control(clause.text());
            if (order.isPresent()) {
                acts.add(new Act.Order(order.get(), clause.text()));
                return;
            }
            if (Phrases.smallTalk(clause.text()) && !awaitsAnswer(clause)) {
                smallTalk = clause.text();
                return;
            }
            if (clause.shape() == Clause.Shape.QUESTION
                    || scene.offer().open() && clause.text().endsWith("?")) {
                if (!pickOrOther(clause)) {
                    acts.add(new Act.Ask(clause.text()));
                }
                return;
            }
            if (!pickOrOther(clause)) {
                readStatement(clause);
            }
        }

        /** "Great" and "right" are small talk, and answers where an answer is due. */
        private boolean awaitsAnswer(Clause clause) {
            return Phrases.affirms(clause.text()) || Phrases.negates(clause.text());
        }

        private boolean pickOrOther(Clause clause) {
            if (!scene.offer().open()) {
                return pickNamedChoice(clause);
            }
            int count = scene.offer().options().size();
            OptionalInt picked = Phrases.selection(clause.text(), count);
            if (picked.isEmpty() && Phrases.anyWillDo(clause.text())) {
                picked = OptionalInt.of(1);
            }
            if (picked.isPresent()) {
                acts.add(new Act.Select(picked.getAsInt()));
                return true;
            }
            SlotReader reader = reader(Words.of(clause.text()));
            Map<String, JsonNode> values = reader.read();
            OptionalInt named = scene.offer().naming(values.values(), today);
            if (named.isPresent()) {
                acts.add(new Act.Select(named.getAsInt()));
                return true;
            }
            if (values.isEmpty() && Phrases.wantsOther(clause.text())) {
                acts.add(new Act.WantOther());
                return true;
            }
            return false;
        }

        /** "The first one" after "would you like a check-up or a cleaning?". */
        private boolean pickNamedChoice(Clause clause) {
            for (Property slot : slots) {
                if (slot.kind() == PropertyKind.CHOICE && expectation.asksFor(slot)) {
                    List<String> named = new ChoiceWords(slot.values(), slot.synonyms())
                            .findAll(Words.of(scene.agentWords())).stream()
                                    .map(Found::value)
                                    .distinct()
                                    .toList();
                    OptionalInt picked = Phrases.selection(clause.text(), named.size());
                    if (picked.isPresent()) {
                        String value = named.get(picked.getAsInt() - 1);
                        acts.add(new Act.Inform(Map.of(slot.name(), JsonNodeFactory.instance.stringNode(value))));
                        return true;
                    }
                }
            }
            return false;
        }

        private void readStatement(Clause clause) {
            Words words = Words.of(clause.text());
            boolean no = Phrases.negates(clause.text());
            boolean yes = !no && Phrases.affirms(clause.text());
            SlotReader reader = reader(no || yes ? Phrases.withoutAnswer(words) : words);
            Map<String, JsonNode> values = flagAnswered(words, reader.read());
            boolean answersFlag = values.keySet().stream().anyMatch(this::isFlag);
            if ((no || yes) && !answersFlag) {
                acts.add(no ? new Act.Negate() : new Act.Affirm());
            }
            if (!values.isEmpty()) {
                acts.add(new Act.Inform(values));
            } else if (!no && !yes) {
                readRest(clause);
            }
        }

        private Map<String, JsonNode> flagAnswered(Words words, Map<String, JsonNode> values) {
            List<Property> flags = slots.stream()
                    .filter(slot -> slot.kind() == PropertyKind.FLAG && expectation.asksFor(slot))
                    .toList();
            if (!flags.isEmpty()) {
                values.putAll(new SlotReader(words, flags, expectation, today, phoneRegion).read());
            }
            return values;
        }

        private boolean isFlag(String property) {
            return slots.stream().anyMatch(slot -> slot.name().equals(property) && slot.kind() == PropertyKind.FLAG);
        }

        private void readRest(Clause clause) {
            if (clause.shape() == Clause.Shape.POLITE_REQUEST && !Phrases.wish(clause.text())) {
                acts.add(new Act.Ask(clause.text()));
            } else if (Phrases.wish(clause.text())) {
                smallTalk = clause.text();
            }
        }

        private SlotReader reader(Words words) {
            return new SlotReader(words, slots, expectation, today, phoneRegion);
        }
    }
}
