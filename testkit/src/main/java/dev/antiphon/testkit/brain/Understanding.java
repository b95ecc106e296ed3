package dev.antiphon.testkit.brain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
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
        /** "The two" may be two o'clock where hours are on offer. */
        private static final Pattern THE_HOUR = Pattern.compile(
                "(?<!\\bof )\\bthe (?=(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\d{1,2})\\b(?! (?:options|times|slots|others|of)))",
                Pattern.CASE_INSENSITIVE);

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
            this.expectation = Expectation.of(scene.agentWords(), slots)
                    .orOffered(scene.offer(), slots, today)
                    .orConfirmed(scene, slots)
                    .orToChange(scene.agentWords(), slots, scene.known().keySet())
                    .knowing(scene.known().keySet());
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
            if (order.equals(Optional.of(Act.Control.CANCEL)) && isBesideAYes(clause)) {
                acts.add(new Act.CancelOther());
                readStatement(new Clause(Phrases.withoutThatOne(clause.text()), clause.shape()));
                return;
            }
            if (order.isPresent() && !(Phrases.yieldsToValues(order.get(), clause.text()) && holdsValues(clause))) {
                acts.add(new Act.Order(order.get(), clause.text()));
                return;
            }
            if (Phrases.smallTalk(clause.text()) && !awaitsAnswer(clause)) {
                smallTalk = clause.text();
                return;
            }
            if (pickOrOther(clause)) {
                return;
            }
            boolean asks = clause.shape() == Clause.Shape.QUESTION
                    || scene.offer().open() && clause.text().endsWith("?") && !holdsValues(clause);
            if (asks) {
                acts.add(new Act.Ask(clause.text()));
            } else {
                readStatement(clause);
            }
        }

        /** Whether a yes to what was read back was said before, and something else is to be cancelled. */
        private boolean isBesideAYes(Clause clause) {
            boolean yes = acts.stream().anyMatch(Act.Affirm.class::isInstance) || Phrases.affirms(clause.text());
            return scene.confirmationOpen() && yes && Phrases.cancelsOther(clause.text());
        }

        /** Whether there is a value that words alone give away, unlike a name or free text. */
        private boolean holdsValues(Clause clause) {
            Map<String, JsonNode> values = reader(Words.of(clause.text())).read();
            return slots.stream()
                    .anyMatch(slot -> values.containsKey(slot.name())
                            && switch (slot.kind()) {
                                case DATE,
                                        TIME,
                                        DATE_TIME,
                                        PHONE,
                                        EMAIL,
                                        DURATION,
                                        MONEY,
                                        DIGITS,
                                        IDENTIFIER,
                                        POSTAL_ADDRESS,
                                        CHOICE,
                                        WHOLE_NUMBER,
                                        NUMBER -> true;
                                case PERSON_NAME, FLAG, TOKEN, TEXT -> false;
                            });
        }

        /** "Great" and "right" are small talk, and answers where an answer is due. */
        private boolean awaitsAnswer(Clause clause) {
            return Phrases.affirms(clause.text()) || Phrases.negates(clause.text());
        }

        private boolean pickOrOther(Clause clause) {
            if (!scene.offer().open()) {
                return pickNamedChoice(clause);
            }
            OptionalInt picked = picked(clause);
            if (picked.isPresent()) {
                acts.add(new Act.Select(picked.getAsInt()));
                return true;
            }
            if (reader(Words.of(clause.text())).read().isEmpty() && Phrases.wantsOther(clause.text())) {
                acts.add(new Act.WantOther());
                return true;
            }
            return false;
        }

        /** A value that is on offer counts for more than a position: "the one at two" is not the first. */
        private OptionalInt picked(Clause clause) {
            if (Phrases.asksWhat(clause.text())) {
                return OptionalInt.empty();
            }
            OptionalInt named = named(SlotReader.explicitMoments(Words.of(clause.text()), slots, today));
            if (named.isPresent()) {
                return named;
            }
            OptionalInt half = scene.offer().inHalf(clause.text());
            if (half.isPresent()) {
                return half;
            }
            OptionalInt picked =
                    Phrases.selection(clause.text(), scene.offer().options().size());
            if (picked.isPresent()) {
                return picked;
            }
            return Phrases.anyWillDo(clause.text())
                    ? OptionalInt.of(1)
                    : named(reader(Words.of(THE_HOUR.matcher(clause.text()).replaceAll("")))
                            .readGuessing());
        }

        /** The option with one of the values; none when the caller speaks of another day. */
        private OptionalInt named(Map<String, JsonNode> values) {
            boolean otherDay = values.entrySet().stream()
                    .filter(value -> is(PropertyKind.DATE, value.getKey()))
                    .map(Map.Entry::getValue)
                    .anyMatch(day ->
                            !scene.offer().holds(day, today) && !scene.known().containsValue(day));
            return otherDay ? OptionalInt.empty() : scene.offer().naming(values.values(), today);
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
            completeMoment(values, reader);
            leaveOutForeign(values);
            boolean answersFlag = values.keySet().stream().anyMatch(name -> is(PropertyKind.FLAG, name));
            if ((no || yes) && !answersFlag) {
                acts.add(no ? new Act.Negate() : new Act.Affirm());
            }
            if (!values.isEmpty()) {
                acts.add(new Act.Inform(values));
            } else if (!no && !yes) {
                readRest(clause);
            }
        }

        /** A day or a time alone changes the moment that is known, or is a part of the one that is wanted. */
        private void completeMoment(Map<String, JsonNode> values, SlotReader reader) {
            boolean apart = slots.stream()
                    .anyMatch(slot -> slot.kind() == PropertyKind.DATE || slot.kind() == PropertyKind.TIME);
            boolean asked = slots.stream()
                    .anyMatch(slot -> slot.kind() == PropertyKind.DATE_TIME && expectation.asksForAlone(slot, slots));
            slots.stream()
                    .filter(slot -> slot.kind() == PropertyKind.DATE_TIME
                            && (!apart || asked)
                            && !values.containsKey(slot.name()))
                    .findFirst()
                    .ifPresent(slot -> reader.completedMoment(
                                    slot,
                                    scene.known()
                                            .getOrDefault(slot.name(), JsonNodeFactory.instance.stringNode(""))
                                            .asString(""))
                            .ifPresent(iso -> values.put(slot.name(), JsonNodeFactory.instance.stringNode(iso))));
        }

        /** What is said where one flow asks is for that flow, as far as it takes any of it. */
        private void leaveOutForeign(Map<String, JsonNode> values) {
            List<String> asking = slots.stream()
                    .filter(expectation::asksFor)
                    .flatMap(slot -> slot.owners().stream())
                    .toList();
            List<String> foreign = slots.stream()
                    .filter(slot -> !asking.isEmpty()
                            && !slot.owners().isEmpty()
                            && slot.owners().stream().noneMatch(asking::contains))
                    .map(Property::name)
                    .toList();
            if (!foreign.containsAll(values.keySet())) {
                values.keySet().removeAll(foreign);
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

        private boolean is(PropertyKind kind, String property) {
            return slots.stream().anyMatch(slot -> slot.name().equals(property) && slot.kind() == kind);
        }

        private void readRest(Clause clause) {
            if (clause.shape() == Clause.Shape.POLITE_REQUEST && !Phrases.wish(clause.text())) {
                acts.add(new Act.Ask(clause.text()));
            } else if (Phrases.wish(clause.text())) {
                smallTalk = clause.text();
            }
        }

        private SlotReader reader(Words words) {
            boolean asksForNumber = slots.stream()
                    .anyMatch(slot -> expectation.asksFor(slot)
                            && (slot.kind() == PropertyKind.WHOLE_NUMBER || slot.kind() == PropertyKind.NUMBER));
            return new SlotReader(
                    Phrases.withoutPronouns(words, asksForNumber), slots, expectation, today, phoneRegion);
        }
    }
}
