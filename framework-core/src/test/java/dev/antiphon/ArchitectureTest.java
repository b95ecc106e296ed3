package dev.antiphon;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the architecture inside framework-core. */
@AnalyzeClasses(packages = "dev.antiphon", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    /** The router's actor is the only class of its package that runs; what it decides with is pure. */
    private static final DescribedPredicate<JavaClass> PURE = resideInAPackage("dev.antiphon.realtime..")
            .or(resideInAPackage("dev.antiphon.model.."))
            .or(resideInAPackage("dev.antiphon.time.."))
            .or(resideInAPackage("dev.antiphon.statistics.."))
            .or(resideInAPackage("dev.antiphon.experiment.."))
            .or(resideInAPackage("dev.antiphon.estimate.."))
            .or(resideInAPackage("dev.antiphon.spend.."))
            .or(resideInAPackage("dev.antiphon.tier..").and(DescribedPredicate.not(ofTheRouter())))
            .as("pure classes");

    @ArchTest
    static final ArchRule theWireAsDataNeedsNothingButJava = classes()
            .that()
            .resideInAPackage("dev.antiphon.realtime")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "dev.antiphon.realtime");

    @ArchTest
    static final ArchRule onlyTheDialectsKnowJsonOnTheWire = noClasses()
            .that()
            .resideInAPackage("dev.antiphon.realtime..")
            .and()
            .resideOutsideOfPackage("dev.antiphon.realtime.wire..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tools.jackson..");

    @ArchTest
    static final ArchRule dialectsKnowOnlyTheWire = classes()
            .that()
            .resideInAPackage("dev.antiphon.realtime.wire")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "tools.jackson..", "dev.antiphon.realtime..");

    @ArchTest
    static final ArchRule sessionsAndConnectionsReadNoJson = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.antiphon.connection..",
                    "dev.antiphon.session..",
                    "dev.antiphon.tier..",
                    "dev.antiphon.telemetry..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tools.jackson..");

    @ArchTest
    static final ArchRule whatIsPureKnowsNoActorsAndNoLogging = noClasses()
            .that(PURE)
            .should(dependOnClassesThat(resideInAPackage("org.apache.pekko..")
                    .or(resideInAPackage("org.slf4j.."))
                    .or(resideInAPackage("io.micrometer.."))));

    @ArchTest
    static final ArchRule whatIsPureOpensNoSocketsAndStartsNoThreads = noClasses()
            .that(PURE)
            .should(dependOnClassesThat(resideInAPackage("java.net.http..")
                    .or(resideInAPackage("java.nio.channels.."))
                    .or(resideInAPackage("java.util.concurrent.."))));

    @ArchTest
    static final ArchRule aTransportKnowsNoSession = noClasses()
            .that()
            .resideInAPackage("dev.antiphon.connection..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.antiphon.session..", "dev.antiphon.tier..", "dev.antiphon.telemetry..");

    @ArchTest
    static final ArchRule tiersKnowNoSession = noClasses()
            .that()
            .resideInAPackage("dev.antiphon.tier..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.antiphon.session..", "dev.antiphon.connection..", "dev.antiphon.telemetry..");

    @ArchTest
    static final ArchRule onlyTelemetryNamesMeters = noClasses()
            .that()
            .resideOutsideOfPackage("dev.antiphon.telemetry..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule onlyConnectionsKnowNetty = noClasses()
            .that()
            .resideOutsideOfPackage("dev.antiphon.connection..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("dev.antiphon.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesAreTheDomains = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Base");

    private static DescribedPredicate<JavaClass> ofTheRouter() {
        return DescribedPredicate.describe(
                "of the router's actor or its settings",
                type -> simpleNameEndingWith("Router").test(type)
                        || simpleNameEndingWith("RouterSettings").test(type)
                        || type.getEnclosingClass()
                                .filter(outer -> simpleNameEndingWith("Router").test(outer))
                                .isPresent());
    }
}
