package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tool.Bench.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** Tools that block in a database driver take threads from nobody, however many there are. */
class BlockingJdbcToolsTest {
    /** As many as the database takes transactions, nearly: its limit is 255. */
    private static final int BLOCKED = 250;

    private final JdbcDataSource database = new JdbcDataSource();

    private void sql(String text) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    @Test
    void callsThatWaitForALockOfTheDatabaseStarveNoOtherCall() throws SQLException {
        database.setURL("jdbc:h2:mem:blocking;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=600000");
        Tool<Bench.Input, String> update = Tool.of("update", "Takes a seat.", Bench.Input.class, input -> {
                    sql("UPDATE seats SET free = free - 1");
                    return "taken";
                })
                .with(policy ->
                        policy.changes().duplicates(ToolPolicy.Duplicates.RUN).bulkhead(BLOCKED, 0));
        Tool<Bench.Input, String> instant = Tool.of("instant", "Answers.", Bench.Input.class, Bench.Input::text);
        try (Bench bench = new Bench(update, instant);
                Connection holder = database.getConnection();
                Statement lock = holder.createStatement()) {
            lock.execute("CREATE TABLE seats (free INT)");
            lock.execute("INSERT INTO seats VALUES (1000)");
            holder.setAutoCommit(false);
            lock.execute("UPDATE seats SET free = free - 1");

            List<Answer> blocked = new ArrayList<>();
            for (int i = 0; i < BLOCKED; i++) {
                blocked.add(bench.call("update", "{\"text\":\"" + i + "\"}"));
            }
            bench.loadWhen(load -> Optional.ofNullable(load.tools().get("update"))
                    .filter(tool -> tool.places().running() == BLOCKED)
                    .isPresent());
            for (int i = 0; i < 100; i++) {
                assertThat(bench.call("instant", "{\"text\":\"" + i + "\"}").outcome())
                        .isEqualTo(new ToolOutcome.Ok("\"" + i + "\""));
            }
            assertThat(bench.effect("key", () -> "done").outcome()).isEqualTo(new ToolOutcome.Ok("done"));
            assertThat(blocked.stream().filter(answer -> !answer.isOpen()).map(Answer::outcome))
                    .isEmpty();

            holder.commit();
            assertThat(blocked)
                    .allSatisfy(answer -> assertThat(answer.outcome()).isInstanceOf(ToolOutcome.Ok.class));
        }
    }
}
