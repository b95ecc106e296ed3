package dev.antiphon.server.spend;

import dev.antiphon.model.Money;
import dev.antiphon.spend.SpendMemory;
import dev.antiphon.spend.SpendTotals;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON file with what was spent, in US dollars: {@code {"days": {"2026-11-30": "1.25"}, "experiments": {"voice": "0.4"}}}. One
 * server at a time. It is replaced as a whole, by a thread of its own that writes the newest totals; what a crash cuts off is what
 * was spent since the last write, which begins at once. Thread-safe.
 */
public final class SpendFile implements SpendMemory {
    private static final Logger LOG = LoggerFactory.getLogger(SpendFile.class);
    private static final BigDecimal MOST = new BigDecimal("1000000000");
    private static final Pattern PLAIN = Pattern.compile("\\d{1,10}(\\.\\d{1,60})?");
    private static final int MOST_SHOWN = 40;

    private final Path file;
    private final ReentrantLock writing = new ReentrantLock();
    private Optional<SpendTotals> unwritten = Optional.empty();
    private boolean scheduled;

    /** This file, which may be missing. */
    public SpendFile(Path file) {
        this.file = file;
    }

    @Override
    public SpendTotals load() {
        if (!Files.exists(file)) {
            return SpendTotals.NONE;
        }
        try {
            JsonNode json = JsonMapper.shared().readTree(Files.readString(file));
            return new SpendTotals(
                    amounts(json, "days", SpendFile::day), amounts(json, "experiments", Function.identity()));
        } catch (IOException | JacksonException unusable) {
            throw new UnusableSpendFile(file, unusable.getClass().getSimpleName(), unusable);
        } catch (IllegalArgumentException wrong) {
            throw new UnusableSpendFile(file, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException none) {
            throw new IllegalArgumentException("a day must be such as 2026-11-30, but was '" + text + "'", none);
        }
    }

    private static <K> Map<K, Money> amounts(JsonNode json, String name, Function<String, K> key) {
        JsonNode list = json.path(name);
        if (!json.isObject() || !(list.isObject() || list.isMissingNode())) {
            throw new IllegalArgumentException("it must be an object, and '" + name + "' in it, too");
        }
        Map<K, Money> amounts = new HashMap<>();
        list.properties()
                .forEach(entry -> amounts.put(key.apply(entry.getKey()), amount(entry.getKey(), entry.getValue())));
        return amounts;
    }

    /** A cap that takes less than nothing for spent would be none, and one that takes anything else would always be reached. */
    private static Money amount(String of, JsonNode json) {
        String text = json.isString() || json.isNumber() ? json.asString() : json.toString();
        String shown = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
        if (PLAIN.matcher(text).matches()) {
            BigDecimal usd = new BigDecimal(text);
            if (usd.compareTo(MOST) <= 0) {
                return new Money(usd);
            }
        }
        throw new IllegalArgumentException("what was spent on '" + of + "' must be dollars from 0 to " + MOST
                + " in plain digits, but was '" + shown + "'");
    }

    @Override
    public void save(SpendTotals totals) {
        synchronized (this) {
            unwritten = Optional.of(totals);
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        Thread.ofVirtual().name("spend-file").start(this::write);
    }

    @Override
    public void flush() {
        write();
    }

    private void write() {
        writing.lock();
        try {
            take().ifPresent(this::replace);
        } finally {
            writing.unlock();
        }
    }

    private synchronized Optional<SpendTotals> take() {
        Optional<SpendTotals> newest = unwritten;
        unwritten = Optional.empty();
        scheduled = false;
        return newest;
    }

    private void replace(SpendTotals totals) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        ObjectNode days = json.putObject("days");
        totals.days()
                .forEach((day, spent) -> days.put(day.toString(), spent.usd().toPlainString()));
        ObjectNode experiments = json.putObject("experiments");
        totals.experiments()
                .forEach((key, spent) -> experiments.put(key, spent.usd().toPlainString()));
        Path whole = file.toAbsolutePath();
        Path next = whole.resolveSibling(whole.getFileName() + ".next");
        try {
            Optional<Path> folder = Optional.ofNullable(whole.getParent());
            if (folder.isPresent()) {
                Files.createDirectories(folder.get());
            }
            Files.writeString(next, json.toString());
            Files.move(next, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            LOG.error("what was spent could not be kept in {}; caps hold until this process ends", file, unwritable);
        }
    }

    /** The file cannot be read: a cap that forgot would be none. */
    public static final class UnusableSpendFile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnusableSpendFile(Path file, String reason, Exception cause) {
            super("what was spent cannot be read from " + file + ": " + reason + "; mend or remove the file", cause);
        }
    }
}
