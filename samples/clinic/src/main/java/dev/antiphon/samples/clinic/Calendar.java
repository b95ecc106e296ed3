package dev.antiphon.samples.clinic;

import dev.antiphon.flow.slot.PhoneNumber;
import dev.antiphon.tool.TransientFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.h2.api.ErrorCode;

/**
 * The clinic's bookings. Thread-safe; every method waits for the database.
 *
 * <p>A double booking is impossible: the database has a unique constraint on service, date and time.
 */
public final class Calendar {
    private final Database database;
    private final InstantSource clock;
    private final ZoneId zone;
    private final RandomGenerator random;

    /**
     * A calendar.
     *
     * @param clock what is past cannot be booked
     * @param zone the clinic's
     * @param random makes the reference codes; thread-safe
     */
    public Calendar(Database database, InstantSource clock, ZoneId zone, RandomGenerator random) {
        this.database = database;
        this.clock = clock;
        this.zone = zone;
        this.random = random;
    }

    /** Whether a visit can be booked: the clinic is open, the time is ahead, and nobody has it. */
    public boolean isFree(Service service, LocalDate date, LocalTime time) {
        return query(connection -> free(connection, service, date)).contains(time);
    }

    /** At most {@code limit} free times of that day, the nearest to {@code wanted} first, the earlier of two equal ones. */
    public List<LocalTime> nearest(Service service, LocalDate date, LocalTime wanted, int limit) {
        return query(connection -> nearest(connection, service, date, wanted, limit));
    }

    /**
     * Books the visit. Booking the same visit for the same person again gives the same reference, so a repeated attempt whose
     * answer was lost does no harm.
     *
     * @throws SlotTaken when the time is not free
     * @throws TransientFailure when the database was busy and took it back
     */
    public ReferenceCode book(Booking wanted) {
        return query(connection -> {
            Optional<ReferenceCode> earlier = find(connection, wanted);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            while (free(connection, wanted.service(), wanted.date()).contains(wanted.time())) {
                Optional<ReferenceCode> reference = insert(connection, wanted);
                if (reference.isPresent()) {
                    return reference.get();
                }
            }
            throw new SlotTaken(wanted, nearest(connection, wanted.service(), wanted.date(), wanted.time(), 3));
        });
    }

    /** How many visits are booked. */
    public int size() {
        return query(connection -> {
            try (PreparedStatement query = connection.prepareStatement("select count(*) from booking");
                    ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        });
    }

    /** The bookings, by their references. */
    public Map<ReferenceCode, Booking> bookings() {
        return query(connection -> {
            String sql = "select reference, service, visit_date, visit_time, patient, phone from booking";
            try (PreparedStatement query = connection.prepareStatement(sql);
                    ResultSet rows = query.executeQuery()) {
                Map<ReferenceCode, Booking> bookings = new LinkedHashMap<>();
                while (rows.next()) {
                    bookings.put(new ReferenceCode(rows.getString(1)), booking(rows));
                }
                return bookings;
            }
        });
    }

    private static Booking booking(ResultSet row) throws SQLException {
        return new Booking(
                Service.valueOf(row.getString(2)),
                row.getObject(3, LocalDate.class),
                row.getObject(4, LocalTime.class),
                row.getString(5),
                PhoneNumber.of(row.getString(6)));
    }

    private List<LocalTime> nearest(Connection connection, Service service, LocalDate date, LocalTime wanted, int limit)
            throws SQLException {
        Comparator<LocalTime> distance =
                Comparator.comparing(time -> Duration.between(wanted, time).abs());
        return free(connection, service, date).stream()
                .sorted(distance.thenComparing(Comparator.naturalOrder()))
                .limit(limit)
                .toList();
    }

    private List<LocalTime> free(Connection connection, Service service, LocalDate date) throws SQLException {
        Set<LocalTime> unavailable = unavailableTimes(connection, service, date);
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), zone);
        return OpeningHours.timesOn(date).stream()
                .filter(time -> date.atTime(time).isAfter(now))
                .filter(time -> !unavailable.contains(time))
                .toList();
    }

    private static Set<LocalTime> unavailableTimes(Connection connection, Service service, LocalDate date)
            throws SQLException {
        String sql = "select visit_time from booking where service = ? and visit_date = ?"
                + " union select visit_time from blocked_time";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, service.name());
            query.setObject(2, date);
            try (ResultSet rows = query.executeQuery()) {
                Set<LocalTime> times = new HashSet<>();
                while (rows.next()) {
                    times.add(rows.getObject(1, LocalTime.class));
                }
                return times;
            }
        }
    }

    /** Empty when another call was faster with this time, or has drawn the same reference. */
    private Optional<ReferenceCode> insert(Connection connection, Booking wanted) throws SQLException {
        ReferenceCode reference = ReferenceCode.random(random);
        String sql = "insert into booking (reference, service, visit_date, visit_time, patient, phone)"
                + " values (?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, reference.value());
            describe(insert, 2, wanted);
            insert.executeUpdate();
            return Optional.of(reference);
        } catch (SQLException e) {
            if (e.getErrorCode() == ErrorCode.DUPLICATE_KEY_1) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Optional<ReferenceCode> find(Connection connection, Booking wanted) throws SQLException {
        String sql = "select reference from booking"
                + " where service = ? and visit_date = ? and visit_time = ? and patient = ? and phone = ?";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            describe(query, 1, wanted);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? Optional.of(new ReferenceCode(rows.getString(1))) : Optional.empty();
            }
        }
    }

    private static void describe(PreparedStatement statement, int first, Booking wanted) throws SQLException {
        statement.setString(first, wanted.service().name());
        statement.setObject(first + 1, wanted.date());
        statement.setObject(first + 2, wanted.time());
        statement.setString(first + 3, wanted.name());
        statement.setString(first + 4, wanted.phone().text());
    }

    private <T> T query(Query<T> query) {
        try (Connection connection = database.connection()) {
            return query.run(connection);
        } catch (SQLTransientException e) {
            throw new TransientFailure("the bookings are busy", e);
        } catch (SQLException e) {
            throw new Database.DatabaseUnavailable("the bookings cannot be read or written: " + e.getMessage(), e);
        }
    }

    @FunctionalInterface
    private interface Query<T> {
        T run(Connection connection) throws SQLException;
    }
}
