package dev.antiphon.flow.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * Records which parts of their flows the {@link FlowTest}s of a class visit, and writes reports when all tests of the module have
 * run: {@code target/flow-coverage/FLOW.txt} and {@code .html}, for all classes with this extension together. A required share
 * holds for the class that asks for it.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final FlowCoverageExtension COVERAGE = FlowCoverageExtension.atLeast(0.9);
 * }</pre>
 *
 * Without a required share {@code @ExtendWith(FlowCoverageExtension.class)} does. Thread-safe.
 */
public final class FlowCoverageExtension
        implements TestInstancePreConstructCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final ExtensionContext.Namespace SPACE =
            ExtensionContext.Namespace.create(FlowCoverageExtension.class);
    private static final Path FOLDER = Path.of("target", "flow-coverage");

    private final double required;
    private final List<String> excepted;
    private final Path folder;
    private final FlowRecording recording = new FlowRecording();

    /** Records without requiring anything. */
    public FlowCoverageExtension() {
        this(0, List.of(), FOLDER);
    }

    private FlowCoverageExtension(double required, List<String> excepted, Path folder) {
        FlowCoverage.requireShare(required);
        this.required = required;
        this.excepted = List.copyOf(excepted);
        this.folder = folder;
    }

    /** Requires that the tests of the class visit this share of the parts of each of their flows, 0 to 1. */
    public static FlowCoverageExtension atLeast(double share) {
        return new FlowCoverageExtension(share, List.of(), FOLDER);
    }

    /** The same without parts that cannot happen or need no test, see {@link FlowCoverage#except}. */
    public FlowCoverageExtension except(String... parts) {
        return new FlowCoverageExtension(required, Arrays.asList(parts), folder);
    }

    /** The same with reports in another folder than {@code target/flow-coverage}. */
    public FlowCoverageExtension into(Path reports) {
        return new FlowCoverageExtension(required, excepted, reports);
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        begin(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        begin(context);
    }

    private void begin(ExtensionContext context) {
        FlowRecording.into(List.of(recording, module(context).recording));
    }

    private Module module(ExtensionContext context) {
        return context.getRoot()
                .getStore(SPACE)
                .computeIfAbsent(folder.toAbsolutePath().toString(), path -> new Module(Path.of(path)), Module.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        FlowRecording.stop();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (context.getRequiredTestClass().isAnnotationPresent(Nested.class)) {
            return;
        }
        FlowRecording all = module(context).recording;
        recording
                .coverages()
                .forEach(coverage -> all.coverage(coverage.flow()).except(excepted.toArray(String[]::new)));
        check(context.getRequiredTestClass().getSimpleName());
    }

    void check(String testClass) {
        if (required > 0 && recording.coverages().isEmpty()) {
            throw new AssertionError("a share of " + required + " of a flow must be visited, but no FlowTest of "
                    + testClass + " talked to one");
        }
        recording
                .coverages()
                .forEach(coverage ->
                        coverage.except(excepted.toArray(String[]::new)).atLeast(required));
    }

    FlowRecording recording() {
        return recording;
    }

    /** What all classes of a module recorded; written when its tests are over. */
    static final class Module implements AutoCloseable {
        private final Path folder;
        final FlowRecording recording = new FlowRecording();

        Module(Path folder) {
            this.folder = folder;
        }

        @Override
        public void close() {
            Map<String, List<FlowCoverage>> byName = recording.coverages().stream()
                    .collect(Collectors.groupingBy(coverage -> coverage.flow().name()));
            byName.forEach((name, versions) -> versions.forEach(coverage -> write(
                    versions.size() == 1 ? name : name + "-" + coverage.flow().version(), coverage)));
        }

        private void write(String name, FlowCoverage coverage) {
            try {
                Files.createDirectories(folder);
                Files.writeString(folder.resolve(name + ".txt"), coverage.text());
                Files.writeString(folder.resolve(name + ".html"), coverage.html());
            } catch (IOException e) {
                throw new UncheckedIOException("the flow coverage must be writable to " + folder + ", but is not", e);
            }
        }
    }
}
