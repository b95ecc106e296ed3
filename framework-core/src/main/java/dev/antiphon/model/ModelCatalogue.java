package dev.antiphon.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The models and providers known on a certain day. Immutable; prices and dates age, so each answer is as of {@link #asOf}.
 */
public final class ModelCatalogue {
    private static final String RESOURCE = "catalogue.json";
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final LocalDate asOf;
    private final List<ModelCard> models;
    private final Map<String, TranscriptionPrice> transcription;
    private final List<Provider> providers;
    private final List<UsageTiers> usageTiers;

    private record File(
            LocalDate asOf,
            String unit,
            List<Entry> models,
            Map<String, TranscriptionPrice> transcription,
            Map<String, List<String>> voices,
            List<Provider> providers,
            List<UsageTiers> usageTiers) {}

    private record Entry(
            String name,
            List<String> snapshots,
            int contextTokens,
            int maxOutputTokens,
            boolean reasoningEffort,
            PriceCard prices,
            Optional<LocalDate> shutdown,
            Optional<String> successor,
            String voices) {
        ModelCard card(Map<String, List<String>> voiceLists) {
            return new ModelCard(
                    name,
                    snapshots,
                    contextTokens,
                    maxOutputTokens,
                    reasoningEffort,
                    prices,
                    shutdown,
                    successor,
                    voiceLists.getOrDefault(voices, List.of()));
        }
    }

    private ModelCatalogue(File file) {
        this.asOf = file.asOf();
        this.models =
                file.models().stream().map(entry -> entry.card(file.voices())).toList();
        this.transcription = Map.copyOf(file.transcription());
        this.providers = List.copyOf(file.providers());
        this.usageTiers = List.copyOf(file.usageTiers());
    }

    /** The catalogue that this version of Antiphon carries. */
    public static ModelCatalogue bundled() {
        return new ModelCatalogue(JsonMapper.shared().treeToValue(bundledTree(), File.class));
    }

    /**
     * The bundled catalogue with changes: a JSON file of the same shape, of which each part may be missing. A model or provider of
     * a known name is changed member by member, so that a price alone can be given; any other is added.
     *
     * @throws UnusableCatalogue when the file cannot be read, or the result is no catalogue; the message says where
     */
    public static ModelCatalogue withChanges(Path file) {
        try {
            JsonNode changes = JsonMapper.shared().readTree(Files.readString(file));
            return new ModelCatalogue(STRICT.treeToValue(CatalogueChanges.applied(bundledTree(), changes), File.class));
        } catch (IOException unreadable) {
            throw new UnusableCatalogue(file + " cannot be read: " + unreadable);
        } catch (JacksonException unusable) {
            throw new UnusableCatalogue(file + " is no catalogue: "
                    + unusable.getOriginalMessage().lines().findFirst().orElse("") + " at "
                    + CatalogueChanges.place(unusable));
        } catch (IllegalArgumentException unusable) {
            throw new UnusableCatalogue(file + " is no catalogue: " + unusable.getMessage());
        }
    }

    private static ObjectNode bundledTree() {
        try (InputStream in = ModelCatalogue.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the class path");
            }
            return (ObjectNode) JsonMapper.shared().readTree(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The day whose state this is. */
    public LocalDate asOf() {
        return asOf;
    }

    /** All models, the current ones first. */
    public List<ModelCard> models() {
        return models;
    }

    /** All providers. */
    public List<Provider> providers() {
        return providers;
    }

    /**
     * The card of a model by its name, a snapshot's name, a later snapshot's ({@code NAME-2026-01-31}), or a gateway's
     * spelling with a vendor in front ({@code openai/NAME}).
     */
    public Optional<ModelCard> find(String model) {
        String plain = model.substring(model.lastIndexOf('/') + 1);
        String undated = plain.replaceFirst("-\\d{4}-\\d{2}-\\d{2}$", "");
        return named(plain).or(() -> named(undated));
    }

    /** The provider of this name. */
    public Optional<Provider> provider(String name) {
        return providers.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    /** The usage tiers that a provider has for this model, found as {@link #find} does; empty when nobody knows. */
    public Optional<UsageTiers> usageTiers(String provider, String model) {
        return find(model)
                .flatMap(card -> usageTiers.stream()
                        .filter(group -> group.provider().equals(provider)
                                && group.models().contains(card.name()))
                        .findFirst());
    }

    /** A tier on this endpoint, at the catalogue's prices; a model that is not in the catalogue costs nothing. */
    public Tier tier(String name, ModelEndpoint endpoint) {
        Optional<ModelCard> card = find(endpoint.model());
        return new Tier(name, endpoint, card.map(ModelCard::prices).orElse(PriceCard.FREE), transcription)
                .withReasoningEffort(card.filter(ModelCard::reasoningEffort).isPresent())
                .withVoices(card.map(ModelCard::voices).orElse(List.of()));
    }

    /** For people: what speaks against this model today, or that the catalogue does not know it. */
    public Optional<String> warning(String model, LocalDate today) {
        Optional<ModelCard> card = find(model);
        return card.isPresent()
                ? card.get().warning(today)
                : Optional.of("Model " + model + " is not in the catalogue of " + asOf
                        + ": its limits are unknown and its cost is counted as nothing.");
    }

    private Optional<ModelCard> named(String name) {
        return models.stream()
                .filter(card -> card.name().equals(name) || card.snapshots().contains(name))
                .findFirst();
    }

    /** What a transcription model costs; empty when nobody knows. */
    public Optional<TranscriptionPrice> transcriptionPrice(String model) {
        return Optional.ofNullable(transcription.get(model));
    }

    /** A catalogue that cannot be used; the message says where and why. */
    public static final class UnusableCatalogue extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnusableCatalogue(String message) {
            super(message);
        }
    }
}
