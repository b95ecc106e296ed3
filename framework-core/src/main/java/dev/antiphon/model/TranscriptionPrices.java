package dev.antiphon.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** What transcription costs at its original provider, on the day {@link #asOf}; gateways reprice. Immutable. */
public final class TranscriptionPrices {
    private static final String RESOURCE = "transcription-prices.json";
    private static final TranscriptionPrices BUNDLED = read();

    private final LocalDate asOf;
    private final Map<String, TranscriptionPrice> byName = new HashMap<>();

    private record File(LocalDate asOf, String unit, List<ByToken> perToken, List<ByMinute> perMinute) {}

    private record ByToken(List<String> names, BigDecimal textIn, BigDecimal audioIn, BigDecimal textOut) {}

    private record ByMinute(List<String> names, BigDecimal price) {}

    private TranscriptionPrices(File file) {
        this.asOf = file.asOf();
        file.perToken()
                .forEach(entry -> entry.names()
                        .forEach(name -> byName.put(
                                name,
                                new TranscriptionPrice.PerToken(entry.textIn(), entry.audioIn(), entry.textOut()))));
        file.perMinute()
                .forEach(entry -> entry.names()
                        .forEach(name -> byName.put(name, new TranscriptionPrice.PerMinute(entry.price()))));
    }

    /** The prices that this version of Antiphon carries. */
    public static TranscriptionPrices bundled() {
        return BUNDLED;
    }

    /** The day whose state this is. */
    public LocalDate asOf() {
        return asOf;
    }

    /** The price of a model, also with a vendor in front of its name ({@code openai/NAME}). */
    public Optional<TranscriptionPrice> find(String model) {
        return Optional.ofNullable(byName.get(model.substring(model.lastIndexOf('/') + 1)));
    }

    private static TranscriptionPrices read() {
        try (InputStream in = TranscriptionPrices.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the class path");
            }
            return new TranscriptionPrices(JsonMapper.shared().readValue(in, File.class));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
