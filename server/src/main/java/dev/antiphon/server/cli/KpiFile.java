package dev.antiphon.server.cli;

import dev.antiphon.estimate.CallKpis;
import dev.antiphon.estimate.KpiSource;
import dev.antiphon.model.Money;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Figures of finished calls in a JSON file, as docs/costs.md has it. */
record KpiFile(Path file) implements KpiSource {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private record Figures(
            LocalDate from,
            LocalDate to,
            Optional<Boolean> simulated,
            long calls,
            double minutes,
            long turns,
            Optional<BigDecimal> transcriptionUsd,
            List<OfTier> tiers) {
        CallKpis kpis() {
            return new CallKpis(
                    from,
                    to,
                    simulated.orElse(false),
                    calls,
                    minutes,
                    turns,
                    new Money(transcriptionUsd.orElse(BigDecimal.ZERO)),
                    tiers.stream().map(OfTier::kpis).toList());
        }
    }

    private record OfTier(
            String tier,
            String model,
            long calls,
            long completed,
            long responses,
            CallKpis.Tokens tokens,
            BigDecimal costUsd) {
        CallKpis.OfTier kpis() {
            return new CallKpis.OfTier(tier, model, calls, completed, responses, tokens, new Money(costUsd));
        }
    }

    @Override
    public CallKpis kpis() {
        try {
            return STRICT.readValue(Files.readString(file), Figures.class).kpis();
        } catch (IOException unreadable) {
            throw CliFailure.usage("--history: " + file + " cannot be read: " + unreadable, unreadable);
        } catch (JacksonException unusable) {
            throw CliFailure.usage(
                    "--history: " + file + " has not the shape of docs/costs.md: "
                            + unusable.getOriginalMessage().lines().findFirst().orElse(""),
                    unusable);
        } catch (IllegalArgumentException wrong) {
            throw CliFailure.usage("--history: " + file + ": " + wrong.getMessage(), wrong);
        }
    }
}
