package dev.antiphon.testkit.brain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The properties that values are sought for, the words that none explains yet, and the values so far. One clause is read with it. */
final class HeardValues {
    final List<Property> properties;
    final Expectation expectation;
    final Map<String, JsonNode> values = new LinkedHashMap<>();
    /** Names of the properties that the words name themselves. */
    final Set<String> named = new HashSet<>();
    /** What no value explains yet. */
    Words words;

    HeardValues(Words words, List<Property> properties, Expectation expectation) {
        this.words = words;
        this.properties = properties;
        this.expectation = expectation;
    }

    /** How a value is written in JSON. */
    interface Writer<T> {
        JsonNode write(T value);
    }

    /** Gives several values to several properties in order, else the meant one to the asked or first property. */
    <T> void assign(List<Property> targets, List<Found<T>> found, Writer<T> writer) {
        if (found.isEmpty()) {
            return;
        }
        String text = words.text();
        if (targets.size() > 1 && found.size() > 1) {
            for (int i = 0; i < Math.min(targets.size(), found.size()); i++) {
                values.put(targets.get(i).name(), writer.write(found.get(i).value()));
            }
        } else {
            Property property = meant(targets);
            Found.meant(found, text).ifPresent(meant -> values.put(property.name(), writer.write(meant.value())));
        }
        found.forEach(each -> words = words.without(each));
    }

    void put(Property property, JsonNode value, Found<?> found) {
        put(property, value, found.start(), found.end());
    }

    void put(Property property, JsonNode value, int start, int end) {
        values.put(property.name(), value);
        words = words.without(start, end);
    }

    boolean has(PropertyKind kind) {
        return !of(kind).isEmpty();
    }

    List<Property> of(PropertyKind kind) {
        List<Property> matching = new ArrayList<>();
        properties.stream().filter(property -> property.kind() == kind).forEach(matching::add);
        return matching;
    }

    Optional<Property> target(PropertyKind kind) {
        List<Property> matching = of(kind);
        return matching.isEmpty() ? Optional.empty() : Optional.of(meant(matching));
    }

    /** Of several of one kind the one that the words name, else the most urgent. */
    Property meant(List<Property> alike) {
        List<Property> namedOnes = Naming.in(words, alike).stream()
                .map(Naming::property)
                .distinct()
                .toList();
        if (alike.size() > 1 && namedOnes.size() == 1) {
            return namedOnes.getFirst();
        }
        List<Property> urgent = expectation.byUrgency(alike);
        return urgent.stream()
                .filter(property -> expectation.asksFor(property) || !values.containsKey(property.name()))
                .findFirst()
                .orElse(urgent.getFirst());
    }
}
