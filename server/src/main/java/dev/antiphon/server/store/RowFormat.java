package dev.antiphon.server.store;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How rows are printed. Times are ISO 8601 in UTC. */
public enum RowFormat {
    /** Columns that people read; all rows are held in memory for it. */
    TABLE {
        @Override
        Printed to(PrintWriter out) {
            return new Table(out);
        }
    },
    /** RFC 4180, with a line of names; absent values are empty. */
    CSV {
        @Override
        Printed to(PrintWriter out) {
            return new Csv(out);
        }
    },
    /** One array of objects, one on each line. */
    JSON {
        @Override
        Printed to(PrintWriter out) {
            return new Json(out);
        }
    };

    /** Takes rows one after the other. A value is a text, a number, a boolean, or {@code ""} with {@code absent} set. */
    interface Printed {
        void head(List<String> columns);

        void row(List<Cell> cells);

        void end();
    }

    /**
     * A value.
     *
     * @param value a text, a number or a boolean; of an absent one an empty text
     */
    record Cell(Object value, boolean absent) {
        @Override
        public String toString() {
            return value instanceof Double number ? plain(number) : value.toString();
        }

        private static String plain(double number) {
            return Double.isFinite(number)
                    ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                    : String.valueOf(number);
        }
    }

    abstract Printed to(PrintWriter out);

    private record Csv(PrintWriter out) implements Printed {
        @Override
        public void head(List<String> columns) {
            print(columns);
        }

        @Override
        public void row(List<Cell> cells) {
            print(cells.stream().map(Cell::toString).toList());
        }

        /** Not closed: the writer belongs to somebody else. */
        private void print(List<String> values) {
            try {
                CSVPrinter printer = new CSVPrinter(out, CSVFormat.RFC4180);
                printer.printRecord(values);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void end() {
            out.flush();
        }
    }

    private static final class Json implements Printed {
        private final PrintWriter out;
        private List<String> columns = List.of();
        private boolean first = true;

        Json(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void head(List<String> names) {
            columns = names;
            out.print("[");
        }

        @Override
        public void row(List<Cell> cells) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            for (int i = 0; i < cells.size(); i++) {
                Cell cell = cells.get(i);
                if (cell.absent()) {
                    node.putNull(columns.get(i));
                } else {
                    node.putPOJO(columns.get(i), cell.value());
                }
            }
            out.print(first ? "\n  " : ",\n  ");
            out.print(JsonMapper.shared().writeValueAsString(node));
            first = false;
        }

        @Override
        public void end() {
            out.println(first ? "]" : "\n]");
            out.flush();
        }
    }

    private static final class Table implements Printed {
        private final PrintWriter out;
        private final List<List<String>> lines = new ArrayList<>();
        private final List<Boolean> numbers = new ArrayList<>();

        Table(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void head(List<String> columns) {
            lines.add(columns);
            columns.forEach(column -> numbers.add(true));
        }

        @Override
        public void row(List<Cell> cells) {
            lines.add(cells.stream().map(Cell::toString).toList());
            for (int i = 0; i < cells.size(); i++) {
                numbers.set(
                        i,
                        numbers.get(i) && (cells.get(i).absent() || cells.get(i).value() instanceof Number));
            }
        }

        @Override
        public void end() {
            for (List<String> line : lines) {
                StringBuilder text = new StringBuilder();
                for (int i = 0; i < line.size(); i++) {
                    text.append(i == 0 ? "" : "  ").append(padded(line.get(i), i));
                }
                out.println(text.toString().stripTrailing());
            }
            int rows = lines.size() - 1;
            out.println(String.format(Locale.ROOT, "(%d %s)", rows, rows == 1 ? "row" : "rows"));
            out.flush();
        }

        private String padded(String value, int column) {
            int width = lines.stream()
                    .mapToInt(line -> line.get(column).length())
                    .max()
                    .orElse(0);
            String space = " ".repeat(width - value.length());
            return numbers.get(column) ? space + value : value + space;
        }
    }
}
