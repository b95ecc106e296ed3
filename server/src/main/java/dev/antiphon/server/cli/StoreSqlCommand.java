package dev.antiphon.server.cli;

import dev.antiphon.server.store.RowFormat;
import dev.antiphon.server.store.Store;
import dev.antiphon.server.store.StoreExport;
import dev.antiphon.server.store.StoreQueryTimeout;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code store sql}: one query. */
@Command(
        name = "sql",
        description = {
            "Run one query on the store and print what it gives.",
            "Nothing can be changed, and after --timeout the database stops it. Tables and columns are in docs/store.md."
        })
final class StoreSqlCommand implements Callable<Integer> {
    /** One of both. */
    static final class Format {
        @Option(names = "--csv", description = "Print CSV.")
        private boolean csv;

        @Option(names = "--json", description = "Print a JSON array.")
        private boolean json;

        RowFormat chosen() {
            return json ? RowFormat.JSON : csv ? RowFormat.CSV : RowFormat.TABLE;
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = AdmissionOptions.Time.class,
            description = "How long the query may take before the database stops it, for example 10m; default 60s.")
    private Optional<Duration> timeout = Optional.empty();

    @ArgGroup
    private Format format = new Format();

    @Parameters(
            paramLabel = "QUERY",
            description = "For example \"select outcome, count(*) from call group by outcome\".")
    private String query = "";

    @Override
    public Integer call() {
        try (Store asked = store.toRead()) {
            asked.export()
                    .query(
                            query,
                            timeout.orElse(StoreExport.QUERY_TIME),
                            format.chosen(),
                            spec.commandLine().getOut());
            return 0;
        } catch (StoreQueryTimeout e) {
            throw CliFailure.failed(e.getMessage() + "; --timeout gives it more, for example --timeout 10m", e);
        } catch (IllegalArgumentException e) {
            throw CliFailure.usage(String.valueOf(e.getMessage()), e);
        }
    }
}
