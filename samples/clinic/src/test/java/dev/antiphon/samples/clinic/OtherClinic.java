package dev.antiphon.samples.clinic;

import dev.antiphon.flow.slot.PhoneNumber;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;

/** A second process with the clinic's database open. It books what it is told to. Not thread-safe. */
final class OtherClinic implements AutoCloseable {
    private static final Instant FRIDAY = Instant.parse("2026-11-20T12:00:00Z");

    private final Process process;
    private final BufferedReader answers;

    private OtherClinic(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts it, and waits until it has the database open. */
    static OtherClinic start(Path file) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherClinic.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        OtherClinic clinic = new OtherClinic(process);
        String answer = clinic.answers.readLine();
        if (!"open".equals(answer)) {
            clinic.process.destroy();
            throw new IOException("the second process could not open " + file + ": " + answer);
        }
        return clinic;
    }

    /** Lets it book a check-up; {@code booked}, or {@code taken} when somebody else has the time. */
    String books(LocalDateTime time, String patient) throws IOException {
        var orders = process.outputWriter(StandardCharsets.UTF_8);
        orders.write(time + " " + patient + "\n");
        orders.flush();
        return String.valueOf(answers.readLine());
    }

    /** Ends the process and waits until it is gone. */
    @Override
    public void close() throws IOException, InterruptedException {
        process.outputWriter(StandardCharsets.UTF_8).close();
        process.waitFor();
    }

    /** The second process: books a line of its input each, until that ends. */
    public static void main(String[] arguments) throws IOException {
        try (Database database = Database.inFile(Path.of(arguments[0]));
                BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            Calendar calendar =
                    new Calendar(database, InstantSource.fixed(FRIDAY), ZoneOffset.UTC, RandomGenerator.getDefault());
            System.out.println("open");
            orders.lines().map(order -> answer(calendar, order)).forEach(System.out::println);
        }
    }

    private static String answer(Calendar calendar, String order) {
        String[] parts = order.split(" ", 2);
        LocalDateTime time = LocalDateTime.parse(parts[0]);
        try {
            calendar.book(new Booking(
                    Service.CHECKUP,
                    time.toLocalDate(),
                    time.toLocalTime(),
                    parts[1],
                    new PhoneNumber("+12025550147")));
            return "booked";
        } catch (SlotTaken taken) {
            return "taken";
        }
    }
}
