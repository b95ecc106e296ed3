package dev.antiphon.server.cli;

import dev.antiphon.server.store.Store;
import dev.antiphon.server.store.StoreAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which store is meant. */
final class StoreOptions {
    /** Where calls are stored unless something else is said. */
    static final Path DEFAULT = Path.of(".antiphon", "calls");

    @Option(
            names = "--store",
            paramLabel = "PLACE",
            defaultValue = "${env:ANTIPHON_STORE}",
            description = {
                "The store of calls: a file, jdbc:postgresql://HOST/DATABASE (user and password in",
                "ANTIPHON_STORE_USER and ANTIPHON_STORE_PASSWORD), or none; also from ANTIPHON_STORE;",
                "default .antiphon/calls in this folder."
            })
    private Optional<String> place = Optional.empty();

    /** The address; empty for none. */
    Optional<StoreAddress> address(Map<String, String> environment) {
        Optional<String> said = place.filter(text -> !text.isBlank());
        try {
            return said.isEmpty()
                    ? Optional.of(StoreAddress.file(DEFAULT))
                    : StoreAddress.parse(said.orElseThrow(), environment);
        } catch (IllegalArgumentException e) {
            throw CliFailure.usage("--store cannot be used: " + e.getMessage(), e);
        }
    }

    /** The store, to be asked. */
    Store toRead() {
        return Store.toRead(address(System.getenv())
                .orElseThrow(
                        () -> CliFailure.usage("--store is none, but this asks a store: name a file or a database")));
    }
}
