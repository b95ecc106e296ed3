package dev.antiphon.server.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * A table whose columns are the components of a record, {@code startTier} being {@code start_tier}. Immutable.
 *
 * @param name the table's
 * @param components the columns
 */
record RowTable<R extends Record>(String name, List<RecordComponent> components) {
    static <R extends Record> RowTable<R> of(String name, Class<R> rows) {
        return new RowTable<>(name, List.of(rows.getRecordComponents()));
    }

    RowTable {
        components = List.copyOf(components);
        components.forEach(component -> component.getAccessor().setAccessible(true));
    }

    /** Inserts all of them at once. */
    void insert(Handle handle, List<R> rows) {
        if (!rows.isEmpty()) {
            run(handle, insertSql(), rows);
        }
    }

    /** Runs a statement once for each row, all at once; how many rows of the table each has changed. */
    int[] run(Handle handle, String sql, List<R> rows) {
        try (PreparedBatch batch = handle.prepareBatch(sql)) {
            for (R row : rows) {
                components.forEach(
                        component -> batch.bindByType(component.getName(), value(component, row), component.getType()));
                batch.add();
            }
            return batch.execute();
        }
    }

    private String insertSql() {
        return "insert into " + name + " (" + joined("", ", ") + ") values ("
                + components.stream().map(c -> ":" + c.getName()).collect(Collectors.joining(", ")) + ")";
    }

    /** {@code a = :a, b = :b} for all columns but these. */
    String assignments(String... without) {
        return components.stream()
                .filter(component -> !Arrays.asList(without).contains(component.getName()))
                .map(component -> column(component) + " = :" + component.getName())
                .collect(Collectors.joining(", "));
    }

    private String joined(String before, String between) {
        return components.stream().map(c -> before + column(c)).collect(Collectors.joining(between));
    }

    private static String column(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Object value(RecordComponent component, Record row) {
        try {
            return component.getAccessor().invoke(row);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a component of a record can be read", e);
        }
    }
}
