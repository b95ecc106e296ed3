package dev.antiphon.server.estimate;

import dev.antiphon.estimate.EstimateRow;
import dev.antiphon.model.Money;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The rows of an estimate as CSV (RFC 4180) with a head; amounts in US dollars. */
public final class EstimateCsv {
    private EstimateCsv() {}

    /** Writes them. */
    public static void write(EstimateReport report, Appendable out) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader(
                        "name",
                        "ends",
                        "per_call_usd",
                        "per_month_usd",
                        "per_completed_usd",
                        "model_usd",
                        "transcription_usd",
                        "other_usd",
                        "completes",
                        "completes_from",
                        "minutes",
                        "responses",
                        "text_in",
                        "text_cached",
                        "audio_in",
                        "audio_cached",
                        "text_out",
                        "audio_out",
                        "requests_per_minute",
                        "tokens_per_minute",
                        "calls_at_once",
                        "needs",
                        "prices_as_of",
                        "basis")
                .get();
        CSVPrinter csv = new CSVPrinter(out, format);
        for (EstimateRow row : report.rows()) {
            csv.printRecord(
                    row.name(),
                    row.shutdown().map(Object::toString).orElse(""),
                    amount(Optional.of(row.perCall())),
                    amount(Optional.of(row.perMonth(report.callsPerMonth()))),
                    amount(row.perCompleted()),
                    amount(Optional.of(row.model())),
                    amount(row.transcription()),
                    amount(Optional.of(row.other())),
                    row.completes(),
                    row.completesFrom(),
                    row.minutes(),
                    row.responses(),
                    row.usage().inputTextTokens(),
                    row.usage().cachedTextTokens(),
                    row.usage().inputAudioTokens(),
                    row.usage().cachedAudioTokens(),
                    row.usage().outputTextTokens(),
                    row.usage().outputAudioTokens(),
                    row.requestsPerMinute(),
                    row.tokensPerMinute(),
                    row.capacity().peak(),
                    row.capacity().needed().orElse(""),
                    report.pricesAsOf(),
                    report.basis().name().toLowerCase(Locale.ROOT));
        }
        csv.flush();
    }

    private static String amount(Optional<Money> money) {
        return money.map(EstimateColumn::rounded).map(Object::toString).orElse("");
    }
}
