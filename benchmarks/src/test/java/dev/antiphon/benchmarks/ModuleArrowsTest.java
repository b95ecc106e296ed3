package dev.antiphon.benchmarks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/** The arrows between the modules, and what holds for every type. Here, because only benchmarks sees all modules. */
@AnalyzeClasses(
        packages = "dev.antiphon",
        importOptions = {ImportOption.DoNotIncludeTests.class, ModuleArrowsTest.WrittenByPeople.class})
final class ModuleArrowsTest {

    /** The modules, the packages of each (tools alone has packages of other modules below its own), and whom each may know. */
    private enum Module {
        FRAMEWORK_CORE(
                "realtime",
                "connection",
                "time",
                "model",
                "session",
                "tier",
                "statistics",
                "experiment",
                "admission",
                "estimate",
                "spend",
                "audio",
                "handover",
                "telemetry"),
        TOOLS("tool", "aftercall", "http"),
        TOOLS_OPENAPI("tool.openapi"),
        TOOLS_MCP("tool.mcp"),
        TRACING("tracing"),
        DIALOG_FLOWS("flow"),
        TESTKIT("testkit"),
        SERVER("server"),
        SAMPLES("samples"),
        BENCHMARKS("benchmarks");

        private final String[] packages;

        Module(String... names) {
            packages = Arrays.stream(names)
                    .map(name -> "dev.antiphon." + name + (name.equals("tool") ? "" : ".."))
                    .toArray(String[]::new);
        }

        private Set<Module> mayKnow() {
            return switch (this) {
                case FRAMEWORK_CORE -> EnumSet.noneOf(Module.class);
                case TOOLS, TRACING, DIALOG_FLOWS, TESTKIT -> EnumSet.of(FRAMEWORK_CORE);
                case TOOLS_OPENAPI, TOOLS_MCP -> EnumSet.of(FRAMEWORK_CORE, TOOLS);
                case SERVER -> EnumSet.of(FRAMEWORK_CORE, TOOLS, DIALOG_FLOWS, TESTKIT);
                case SAMPLES ->
                    EnumSet.of(FRAMEWORK_CORE, TOOLS, TOOLS_OPENAPI, TOOLS_MCP, DIALOG_FLOWS, TESTKIT, SERVER);
                case BENCHMARKS -> EnumSet.complementOf(EnumSet.of(BENCHMARKS));
            };
        }

        private boolean holds(JavaClass type) {
            return resideInAnyPackage(packages).test(type);
        }
    }

    /** Leaves out what the benchmark harness generates. */
    static final class WrittenByPeople implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/jmh_generated/");
        }
    }

    @ArchTest
    static void frameworkCoreKnowsNoOtherModule(JavaClasses all) {
        arrowsOf(Module.FRAMEWORK_CORE).check(all);
    }

    @ArchTest
    static void toolsKnowOnlyFrameworkCore(JavaClasses all) {
        arrowsOf(Module.TOOLS).check(all);
    }

    @ArchTest
    static void sourcesOfToolsKnowToolsAndNotEachOther(JavaClasses all) {
        arrowsOf(Module.TOOLS_OPENAPI).check(all);
        arrowsOf(Module.TOOLS_MCP).check(all);
    }

    @ArchTest
    static void tracingKnowsOnlyFrameworkCore(JavaClasses all) {
        arrowsOf(Module.TRACING).check(all);
    }

    @ArchTest
    static void dialogFlowsKnowOnlyFrameworkCore(JavaClasses all) {
        arrowsOf(Module.DIALOG_FLOWS).check(all);
    }

    @ArchTest
    static void testkitKnowsOnlyFrameworkCore(JavaClasses all) {
        arrowsOf(Module.TESTKIT).check(all);
    }

    @ArchTest
    static void serverKnowsWhatItServesAndTheEmulator(JavaClasses all) {
        arrowsOf(Module.SERVER).check(all);
    }

    @ArchTest
    static void samplesDoNotKnowBenchmarks(JavaClasses all) {
        arrowsOf(Module.SAMPLES).check(all);
    }

    @ArchTest
    static void nobodyKnowsSamplesOrBenchmarksButBenchmarks(JavaClasses all) {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.antiphon.samples..", "dev.antiphon.benchmarks..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.antiphon.samples..", "dev.antiphon.benchmarks..")
                .check(all);
    }

    @ArchTest
    static void everyTypeIsInAPackageOfItsOwnModule(JavaClasses all) {
        assertThat(all)
                .allSatisfy(type -> assertThat(Arrays.stream(Module.values()).filter(module -> module.holds(type)))
                        .as("modules of " + type.getName())
                        .hasSize(1));

        Map<String, Set<Module>> modulesByPlace = all.stream()
                .collect(Collectors.groupingBy(
                        ModuleArrowsTest::place,
                        Collectors.mapping(moduleOf(), Collectors.toCollection(TreeSet::new))));
        assertThat(modulesByPlace.values())
                .as("modules whose classes were built into one place: " + modulesByPlace)
                .allSatisfy(modules -> assertThat(modules).hasSize(1));
        assertThat(modulesByPlace.values().stream().flatMap(Set::stream))
                .as("modules seen, each built into one place; samples are one place each")
                .filteredOn(module -> module != Module.SAMPLES)
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Module.SAMPLES)));
    }

    @ArchTest
    static final ArchRule namesAreTheDomains = noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Helpers?|Managers?|Impl|Base)")
            .because("a function without a home lacks a type, and that type has a name of the domain");

    @ArchTest
    static final ArchRule packagesOfPublicTypesAreNullMarked = classes()
            .that(modifier(JavaModifier.PUBLIC))
            .and()
            .areTopLevelClasses()
            .should(resideInANullMarkedPackage());

    private static ArchRule arrowsOf(Module module) {
        Set<Module> known = module.mayKnow();
        DescribedPredicate<JavaClass> forbidden = DescribedPredicate.describe(
                "belong to a module other than " + module + (known.isEmpty() ? "" : " and " + known),
                type -> Arrays.stream(Module.values())
                        .anyMatch(other -> other != module && !known.contains(other) && other.holds(type)));
        return noClasses().that().resideInAnyPackage(module.packages).should().dependOnClassesThat(forbidden);
    }

    private static Function<JavaClass, Module> moduleOf() {
        return type -> Arrays.stream(Module.values())
                .filter(module -> module.holds(type))
                .findFirst()
                .orElseThrow();
    }

    /** The folder or archive that a type was built into. */
    private static String place(JavaClass type) {
        String uri = type.getSource().orElseThrow().getUri().toString();
        String file = type.getName().replace('.', '/') + ".class";
        assertThat(uri).endsWith(file);
        return uri.substring(0, uri.length() - file.length());
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a package that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        type, marked, type.getName() + (marked ? " is" : " is not") + " in a @NullMarked package"));
            }
        };
    }
}
