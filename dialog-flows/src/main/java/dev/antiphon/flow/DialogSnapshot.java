package dev.antiphon.flow;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The flows of a dialog as data, for files: what a later version is compared with. Immutable.
 *
 * @param name the dialog's name
 * @param goal what the flows are for together
 * @param greeting the first words of a call
 * @param flows at least one
 */
public record DialogSnapshot(String name, String goal, String greeting, List<FlowSnapshot> flows) {
    private static final int FORMAT = 1;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public DialogSnapshot {
        flows = List.copyOf(flows);
        if (flows.isEmpty()) {
            throw new IllegalArgumentException("a snapshot needs at least 1 flow, but has none");
        }
    }

    private record File(int format, String version, DialogSnapshot dialog) {}

    /** That of a dialog. */
    public static DialogSnapshot of(Dialog dialog) {
        return new DialogSnapshot(
                dialog.name(),
                dialog.goal(),
                dialog.greeting(),
                dialog.flows().stream().<FlowSnapshot>map(FlowSnapshot::of).toList());
    }

    /** The version: a hash of all this, 12 hexadecimal digits; that of the flow when there is only one. */
    public String version() {
        return FlowVersion.of(
                name, goal, greeting, flows.stream().map(FlowSnapshot::version).toList());
    }

    /** As JSON text that people can read. */
    public String json() {
        return JSON.writeValueAsString(new File(FORMAT, version(), this));
    }

    /**
     * From JSON text.
     *
     * @throws IllegalArgumentException when the text is none that {@link #json} gave
     */
    public static DialogSnapshot read(String text) {
        File file;
        try {
            file = JSON.readValue(text, File.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "a snapshot must be what 'flow show --format json' wrote, but " + problem(text, e), e);
        }
        if (file.format() != FORMAT) {
            throw new IllegalArgumentException("a snapshot must have format " + FORMAT + ", but has " + file.format());
        }
        return file.dialog();
    }

    /** The parser's own words name its classes and where it keeps the text. */
    private static String problem(String text, JacksonException broken) {
        if (text.isBlank()) {
            return "is empty";
        }
        Optional<TokenStreamLocation> place =
                Optional.ofNullable(broken.getLocation()).filter(where -> where.getLineNr() > 0);
        String at = place.map(where -> " at line " + where.getLineNr() + ", column " + where.getColumnNr())
                .orElse("");
        if (broken instanceof StreamReadException) {
            return "is no JSON" + at;
        }
        String part = broken instanceof DatabindException mismatch
                ? mismatch.getPath().stream()
                        .map(step -> Optional.ofNullable(step.getPropertyName()).orElse("" + step.getIndex()))
                        .collect(Collectors.joining("."))
                : "";
        return "does not fit" + at + (part.isEmpty() ? "" : ", in '" + part + "'");
    }
}
