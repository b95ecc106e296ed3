package dev.antiphon.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What becomes of calls when somebody takes the file away while they are stored. */
class StoreFileTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

    @TempDir
    private Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Store.class.getPackageName());

    @BeforeEach
    void listen() {
        logger.setLevel(Level.WARN);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private List<String> errors() {
        synchronized (log) {
            return List.copyOf(log.list).stream()
                    .filter(event -> event.getLevel() == Level.ERROR)
                    .map(ILoggingEvent::getFormattedMessage)
                    .toList();
        }
    }

    private StoreAddress address() {
        return StoreAddress.file(inner().resolve("calls"));
    }

    private Path inner() {
        return folder.resolve(".antiphon");
    }

    private Path file() {
        return inner().resolve("calls.mv.db");
    }

    private Store open() {
        return Store.open(
                StoreSettings.defaults(address(), UnitKey.of("a key of this test"))
                        .withPauses(Duration.ofMillis(20), Duration.ofMillis(50)),
                InstantSource.fixed(AT));
    }

    private static void tell(Store store, List<MadeCall> calls) {
        calls.forEach(call -> call.tell(store));
        assertThat(store.awaitUp(LONG) && store.flush(LONG)).isTrue();
    }

    private static String calls(StoreAddress address) {
        try (Store read = Store.toRead(address)) {
            StringWriter out = new StringWriter();
            read.export().query("select count(*) as n from call", RowFormat.CSV, new PrintWriter(out));
            return out.toString().replace("n\r\n", "").strip();
        }
    }

    @Test
    void callsOfAFileThatIsDeletedAreInANewOneAtOnce() throws IOException {
        List<MadeCall> all = MadeCall.some(3, 40);
        try (Store store = open()) {
            tell(store, all.subList(0, 15));
            Files.delete(file());
            assertThat(store.await(state -> Files.exists(file()) && isUp(state), LONG))
                    .isTrue();
            assertThat(calls(address())).isEqualTo("15");
            tell(store, all.subList(15, 40));

            assertThat(store.state().lost()).isZero();
            assertThat(errors())
                    .anySatisfy(line -> assertThat(line).contains("calls.mv.db was deleted", "nothing is lost"));
        }
        assertThat(calls(address())).isEqualTo("40");
    }

    private static boolean isUp(StoreState state) {
        return state.condition() == StoreState.Condition.UP;
    }

    @Test
    void aWholeFolderThatIsMovedAwayIsMadeAgain() throws IOException {
        List<MadeCall> all = MadeCall.some(3, 40);
        try (Store store = open()) {
            tell(store, all.subList(0, 15));
            Files.move(inner(), folder.resolve("away"));
            tell(store, all.subList(15, 40));
        }
        assertThat(calls(address())).isEqualTo("40");
    }

    @Test
    void aFileThatIsDeletedJustBeforeTheEndIsWrittenAgain() throws IOException {
        Store store = open();
        tell(store, MadeCall.some(3, 15));
        Files.delete(file());
        store.close();

        assertThat(calls(address())).isEqualTo("15");
        assertThat(errors()).isNotEmpty();
    }

    @Test
    void whatWasStoredBeforeAnotherFileTookThePlaceIsKeptBesideIt() throws IOException {
        List<MadeCall> all = MadeCall.some(3, 40);
        try (Store store = open()) {
            tell(store, all.subList(0, 10));
        }
        Path backup = Files.copy(file(), folder.resolve("backup"));
        try (Store store = open()) {
            tell(store, all.subList(10, 25));
            Files.move(backup, file(), StandardCopyOption.REPLACE_EXISTING);
            assertThat(store.await(state -> Files.exists(rescued()) && isUp(state), LONG))
                    .isTrue();
            tell(store, all.subList(25, 40));
            assertThat(errors())
                    .anySatisfy(line -> assertThat(line).contains("another file took the place", rescued() + ""));
        }
        assertThat(calls(address())).isEqualTo("25");
        assertThat(calls(StoreAddress.file(inner().resolve("calls-rescued-20261120T100000Z"))))
                .isEqualTo("25");
    }

    private Path rescued() {
        return inner().resolve("calls-rescued-20261120T100000Z.mv.db");
    }

    @Test
    void whileItCannotBeWrittenAgainTheStoreIsAwayAndCallsWait() throws IOException {
        List<MadeCall> all = MadeCall.some(3, 40);
        try (Store store = open()) {
            tell(store, all.subList(0, 15));
            Path away = folder.resolve("away");
            Files.move(inner(), away);
            // A file where the folder was: nothing can be written there.
            Files.createFile(inner());
            assertThat(store.await(
                            state -> state.condition() == StoreState.Condition.AWAY
                                    && state.problem().contains("cannot be"),
                            LONG))
                    .isTrue();
            all.subList(15, 40).forEach(call -> call.tell(store));
            Files.delete(inner());
            assertThat(store.await(state -> isUp(state) && state.queued() == 0, LONG))
                    .isTrue();
        }
        assertThat(calls(address())).isEqualTo("40");
    }

    @Test
    void twoStoresOfOneFileBothGoOn() throws IOException {
        List<MadeCall> all = MadeCall.some(3, 40);
        try (Store one = open();
                Store other = open()) {
            tell(one, all.subList(0, 10));
            tell(other, all.subList(10, 20));
            Files.delete(file());
            tell(one, all.subList(20, 30));
            tell(other, all.subList(30, 40));
        }
        assertThat(calls(address())).isEqualTo("40");
    }
}
