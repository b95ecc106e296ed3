package dev.antiphon.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The queries of the documentation, as people copy them. */
class StoreQueriesTest {
    private static final Pattern QUERY = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL);
    private static final Duration LONG = Duration.ofSeconds(30);

    @ParameterizedTest
    @EnumSource
    void everyQueryOfTheDocumentationGivesRows(Databases database) throws IOException {
        String page = Files.readString(folder().resolve("docs/store.md"));
        List<String> queries =
                QUERY.matcher(page).results().map(found -> found.group(1)).toList();
        assertThat(queries).hasSizeGreaterThan(8);
        try (Store store = Store.open(StoreSettings.defaults(database.fresh(), UnaryOperator.identity()))) {
            MadeCall.some(23, 60).forEach(call -> call.tell(store));
            assertThat(store.awaitUp(LONG) && store.flush(LONG)).isTrue();
            for (String query : queries) {
                StringWriter out = new StringWriter();
                String sql = query.lines()
                        .filter(line -> !line.startsWith("--"))
                        .reduce("", (all, line) -> all + line + "\n");
                assertThat(store.export().query(sql, RowFormat.TABLE, new PrintWriter(out)))
                        .as(query)
                        .isPositive();
                assertThat(store.export().query(query, RowFormat.CSV, new PrintWriter(out)))
                        .as("with its comment: " + query)
                        .isPositive();
            }
        }
    }

    private static Path folder() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("docs/store.md"))
                ? here
                : here.resolve("..").normalize();
    }
}
