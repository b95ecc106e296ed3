package dev.antiphon.server.cli;

import dev.antiphon.server.store.RowFormat;
import dev.antiphon.server.store.Store;
import dev.antiphon.server.store.StoreExport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code store export}: one table as CSV or JSON. */
@Command(
        name = "export",
        description = {
            "Export one table of the store.",
            "Tables: calls, turns, barge-ins, slots, steps, tools, tier-uses,",
            "tier-decisions, exposures, router-decisions, router-states, experiments, experiment-audits."
        })
final class StoreExportCommand implements Callable<Integer> {
    /** Reads a day, which begins at midnight UTC, or an instant. */
    static final class Time implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return text.contains("T")
                        ? Instant.parse(text)
                        : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            } catch (DateTimeException e) {
                throw new TypeConversionException(
                        "must be a day like 2026-11-01 or a time like 2026-11-01T08:00:00Z, but was '" + text + "'");
            }
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Option(names = "--table", required = true, paramLabel = "TABLE", description = "Which one.")
    private String table = "";

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = Time.class,
            description = "Calls that began then or later; a day begins at midnight UTC.")
    private Optional<Instant> from = Optional.empty();

    @Option(names = "--to", paramLabel = "TIME", converter = Time.class, description = "Calls that began before.")
    private Optional<Instant> to = Optional.empty();

    @Option(names = "--format", defaultValue = "csv", description = "csv, json or table; default ${DEFAULT-VALUE}.")
    private RowFormat format = RowFormat.CSV;

    @Option(names = "--out", paramLabel = "FILE", description = "Write into this file, which must not exist yet.")
    private Optional<Path> file = Optional.empty();

    @Override
    public Integer call() {
        if (!StoreExport.tables().contains(table)) {
            throw CliFailure.usage(
                    "--table must be one of " + String.join(", ", StoreExport.tables()) + ", but was '" + table + "'");
        }
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw CliFailure.usage("--from must be before --to, but they are " + from.get() + " and " + to.get());
        }
        if (file.filter(Files::exists).isPresent()) {
            throw CliFailure.usage("--out names " + file.get() + ", which exists already");
        }
        try (Store asked = store.toRead()) {
            if (file.isEmpty()) {
                asked.export().table(table, from, to, format, spec.commandLine().getOut());
                return 0;
            }
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file.get(), StandardCharsets.UTF_8))) {
                long rows = asked.export().table(table, from, to, format, out);
                if (out.checkError()) {
                    throw CliFailure.failed(file.get() + " cannot be written to its end");
                }
                spec.commandLine().getOut().println(rows + (rows == 1 ? " row" : " rows") + " in " + file.get());
                spec.commandLine().getOut().flush();
                return 0;
            } catch (IOException e) {
                throw CliFailure.failed(file.get() + " cannot be written: " + e.getMessage(), e);
            }
        }
    }
}
