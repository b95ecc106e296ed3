package dev.antiphon.samples.clinic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.flow.slot.PhoneNumber;
import dev.antiphon.tool.TransientFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalendarTest {
    private static final ZoneId ZONE = ZoneOffset.UTC;
    private static final LocalDate TUESDAY = LocalDate.of(2026, 11, 24);
    private static final LocalTime THREE = LocalTime.of(15, 0);
    private static final InstantSource FRIDAY_BEFORE = InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"));

    @TempDir
    private Path folder;

    private final List<Database> opened = new ArrayList<>();

    @AfterEach
    void closeDatabases() {
        opened.forEach(Database::close);
    }

    @Test
    void aBookedTimeIsNotFree() {
        Calendar calendar = calendarOn(Database.inMemory());

        calendar.book(visit(THREE, "Ada Lovelace"));

        assertThat(calendar.isFree(Service.CHECKUP, TUESDAY, THREE)).isFalse();
        assertThat(calendar.isFree(Service.CLEANING, TUESDAY, THREE)).isTrue();
    }

    @Test
    void aTakenTimeIsRefusedWithTheNearestFreeOnes() {
        Calendar calendar = calendarOn(Database.inMemory());
        calendar.book(visit(THREE, "Ada Lovelace"));

        assertThatThrownBy(() -> calendar.book(visit(THREE, "Grace Hopper")))
                .isInstanceOfSatisfying(
                        SlotTaken.class,
                        taken -> assertThat(taken.nearest())
                                .containsExactly(LocalTime.of(14, 30), LocalTime.of(15, 30), LocalTime.of(14, 0)));
        assertThat(calendar.size()).isEqualTo(1);
    }

    @Test
    void ofManyWhoBookTheSameTimeAtOnceExactlyOneGetsIt() throws Exception {
        Calendar calendar = calendarOn(Database.inMemory());
        int callers = 16;
        CyclicBarrier together = new CyclicBarrier(callers);

        List<Callable<Boolean>> attempts = IntStream.range(0, callers)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    together.await();
                    return books(calendar, visit(THREE, "Caller " + i));
                })
                .toList();

        assertThat(run(attempts)).containsOnlyOnce(true);
        assertThat(calendar.size()).isEqualTo(1);
    }

    @Test
    void theDatabaseItselfRefusesADoubleBooking() throws Exception {
        Database database = open(Database.inMemory());
        try (var connection = database.connection();
                var statement = connection.createStatement()) {
            String insert = "insert into booking (reference, service, visit_date, visit_time, patient, phone) values "
                    + "('%s', 'CHECKUP', date '2026-11-24', time '15:00:00', 'Ada', '+12025550147')";
            statement.execute(insert.formatted("AAAAAA"));

            assertThatThrownBy(() -> statement.execute(insert.formatted("BBBBBB")))
                    .hasMessageContaining("ONE_VISIT_AT_A_TIME");
        }
    }

    @Test
    void theSameBookingAgainGivesTheSameReference() {
        Calendar calendar = calendarOn(Database.inMemory());

        ReferenceCode first = calendar.book(visit(THREE, "Ada Lovelace"));

        assertThat(calendar.book(visit(THREE, "Ada Lovelace"))).isEqualTo(first);
        assertThat(calendar.size()).isEqualTo(1);
    }

    @Test
    void aBookingThatWasToldSurvivesTheDeathOfItsProcess() throws Exception {
        Path file = folder.resolve("killed");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BookAndHalt.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(told).contains("booked");
        assertThat(calendarOn(Database.inFile(file)).isFree(Service.CHECKUP, TUESDAY, THREE))
                .isFalse();
    }

    @Test
    void aDatabaseThatIsBusyIsWorthAnotherAttempt() throws Exception {
        Database database = open(Database.inMemory());
        Calendar calendar = new Calendar(database, FRIDAY_BEFORE, ZONE, RandomGenerator.getDefault());
        try (var connection = database.connection();
                var statement = connection.createStatement()) {
            statement.execute("set default_lock_timeout 50");
            connection.setAutoCommit(false);
            statement.execute("insert into booking (reference, service, visit_date, visit_time, patient, phone) values "
                    + "('AAAAAA', 'CHECKUP', date '2026-11-24', time '15:00:00', 'Ada', '+12025550147')");

            assertThatThrownBy(() -> calendar.book(visit(THREE, "Grace Hopper")))
                    .isInstanceOf(TransientFailure.class);
        }
    }

    @Test
    void aRestartKeepsTheBookings() {
        Path file = folder.resolve("clinic");
        try (Database before = Database.inFile(file)) {
            new Calendar(before, FRIDAY_BEFORE, ZONE, RandomGenerator.getDefault()).book(visit(THREE, "Ada Lovelace"));
        }

        Calendar after = calendarOn(Database.inFile(file));

        assertThat(after.isFree(Service.CHECKUP, TUESDAY, THREE)).isFalse();
        assertThat(after.size()).isEqualTo(1);
    }

    @Test
    void twoProcessesOnOneFileShareTheBookings() throws Exception {
        Path file = folder.resolve("clinic");
        Calendar here = calendarOn(Database.inFile(file));

        try (OtherClinic other = OtherClinic.start(file)) {
            here.book(visit(THREE, "Ada Lovelace"));

            assertThat(other.books(TUESDAY.atTime(THREE), "Grace Hopper")).isEqualTo("taken");
            assertThat(other.books(TUESDAY.atTime(THREE.plusMinutes(30)), "Grace Hopper"))
                    .isEqualTo("booked");
            assertThat(books(here, visit(THREE.plusMinutes(30), "Ada Lovelace")))
                    .isFalse();
            assertThat(here.size()).isEqualTo(2);
        }
    }

    @Test
    void whenTheProcessThatOpenedTheFileFirstEndsTheOtherGoesOn() throws Exception {
        Path file = folder.resolve("clinic");
        Calendar here;
        try (OtherClinic first = OtherClinic.start(file)) {
            here = calendarOn(Database.inFile(file));
            assertThat(first.books(TUESDAY.atTime(THREE), "Grace Hopper")).isEqualTo("booked");
        }

        assertThat(books(here, visit(THREE, "Ada Lovelace"))).isFalse();
        assertThat(books(here, visit(THREE.plusMinutes(30), "Ada Lovelace"))).isTrue();
    }

    @Test
    void theEndingOfTheFileMayBeGivenOrLeftOut() {
        assertThat(books(calendarOn(Database.inFile(folder.resolve("clinic"))), visit(THREE, "Ada Lovelace")))
                .isTrue();
        assertThat(books(calendarOn(Database.inFile(folder.resolve("clinic.mv.db"))), visit(THREE, "Grace Hopper")))
                .isFalse();
        assertThat(folder.resolve("clinic.mv.db.mv.db")).doesNotExist();
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedWithOneClearError() throws Exception {
        Path file = folder.resolve("broken");
        java.nio.file.Files.writeString(folder.resolve("broken.mv.db"), "this is no database");

        assertThatThrownBy(() -> Database.inFile(file))
                .isInstanceOf(Database.DatabaseUnavailable.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void tenOClockIsTakenEveryDayByTheStaffMeeting() {
        Calendar calendar = calendarOn(Database.inMemory());

        assertThat(calendar.isFree(Service.CHECKUP, TUESDAY, LocalTime.of(10, 0)))
                .isFalse();
        assertThat(calendar.nearest(Service.CHECKUP, TUESDAY, LocalTime.of(10, 0), 3))
                .containsExactly(LocalTime.of(9, 30), LocalTime.of(10, 30), LocalTime.of(9, 0));
    }

    @Test
    void nothingIsFreeAtTheWeekendOutsideTheHoursOrInThePast() {
        Calendar calendar = calendarOn(Database.inMemory());
        LocalDate today = LocalDate.of(2026, 11, 20);

        assertThat(calendar.isFree(Service.CHECKUP, LocalDate.of(2026, 11, 21), THREE))
                .isFalse();
        assertThat(calendar.isFree(Service.CHECKUP, TUESDAY, LocalTime.of(8, 30)))
                .isFalse();
        assertThat(calendar.isFree(Service.CHECKUP, TUESDAY, LocalTime.of(17, 0)))
                .isFalse();
        assertThat(calendar.isFree(Service.CHECKUP, TUESDAY, LocalTime.of(15, 10)))
                .isFalse();
        assertThat(calendar.isFree(Service.CHECKUP, today, LocalTime.of(12, 0))).isFalse();
        assertThat(calendar.isFree(Service.CHECKUP, today, LocalTime.of(12, 30)))
                .isTrue();
    }

    private static boolean books(Calendar calendar, Booking visit) {
        try {
            calendar.book(visit);
            return true;
        } catch (SlotTaken taken) {
            return false;
        }
    }

    private static <T> List<T> run(List<Callable<T>> work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(work)) {
                results.add(future.get());
            }
            return results;
        }
    }

    private Calendar calendarOn(Database database) {
        return new Calendar(open(database), FRIDAY_BEFORE, ZONE, RandomGenerator.getDefault());
    }

    private Database open(Database database) {
        opened.add(database);
        return database;
    }

    private static Booking visit(LocalTime time, String name) {
        return new Booking(Service.CHECKUP, TUESDAY, time, name, new PhoneNumber("+12025550147"));
    }
}
