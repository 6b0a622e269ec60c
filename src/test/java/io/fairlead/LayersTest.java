package io.fairlead;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.fairlead.health.HealthChecker;
import io.fairlead.health.Probe;
import io.fairlead.health.ProbeProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The picture of the layers, in code: who may know whom, and who may use which library. */
class LayersTest {
    private static final int LONGEST_FILE = 300;
    private static final int PROGRAM = 7;
    private static final int NONE = Integer.MAX_VALUE;

    /** The layer of each top package; the root package is the program. Those of one number are blind to each other. */
    private static final Map<String, Integer> LAYERS = Map.ofEntries(
            Map.entry("settings", 0),
            Map.entry("member", 1),
            Map.entry("balance", 2),
            Map.entry("health", 2),
            Map.entry("stats", 2),
            Map.entry("pool", 3),
            Map.entry("route", 4),
            Map.entry("proxy", 5),
            Map.entry("admin", 5),
            Map.entry("config", 6),
            Map.entry("", PROGRAM),
            Map.entry("network", PROGRAM),
            Map.entry("watch", PROGRAM),
            Map.entry("chronicle", PROGRAM),
            Map.entry("reload", PROGRAM),
            Map.entry("cli", PROGRAM));

    private static final String ROOT = "io.fairlead";
    /** The program, but for its commands. */
    private static final String[] PROGRAM_PACKAGES = {
        ROOT, ROOT + ".network", ROOT + ".watch", ROOT + ".chronicle", ROOT + ".reload"
    };

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(
                    (ImportOption) location -> !location.contains("/test-classes/")) // wherever the build puts them
            .importPackages(ROOT);

    @Test
    void everyPackageHasALayerAndLooksOnlyDownwards() {
        check(classes().should(new ArchCondition<>("look only downwards") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                if (layer(origin) == NONE) {
                    events.add(SimpleConditionEvent.violated(origin, origin.getName() + " belongs to no layer"));
                }
                for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass();
                    if (isOurs(target) && !mayKnow(origin, target)) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        }));
    }

    private static boolean mayKnow(JavaClass origin, JavaClass target) {
        boolean together = top(origin).equals(top(target)) || (layer(origin) == PROGRAM && layer(target) == PROGRAM);
        return together || layer(target) < layer(origin);
    }

    private static int layer(JavaClass type) {
        return LAYERS.getOrDefault(top(type), NONE);
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    /** The first part of the package's name below the root; empty for the root. */
    private static String top(JavaClass type) {
        String below = type.getPackageName().substring(ROOT.length());
        int end = below.indexOf('.', 1);
        return below.isEmpty() ? "" : below.substring(1, end < 0 ? below.length() : end);
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
    }

    @Test
    void vertxStaysInTheDataPlaneTheAdminPlaneAndTheProbes() {
        DescribedPredicate<JavaClass> contract =
                belongToAnyOf(Probe.class, ProbeProvider.class, HealthChecker.class, probeRunner());
        check(noClasses()
                .that(resideOutsideOfPackages(
                                ROOT + ".cli..", ROOT + ".proxy..", ROOT + ".admin..", ROOT + ".health.probe..")
                        .and(resideOutsideOfPackages(PROGRAM_PACKAGES))
                        .and(not(contract)))
                .should()
                .dependOnClassesThat(resideInAPackage("io.vertx..")));
        check(noClasses()
                .that(contract)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.vertx..").and(not(belongToAnyOf(Future.class, Vertx.class)))));
    }

    private static Class<?> probeRunner() {
        return MAIN.get(ROOT + ".health.ProbeRunner").reflect();
    }

    @Test
    void everyLibraryStaysWithItsUser() {
        check(onlyIn("org.HdrHistogram..", ROOT + ".stats..", ROOT + ".admin.latency"));
        check(onlyIn("io.prometheus..", ROOT + ".admin.metrics"));
        check(onlyIn("com.moandjiezana..", ROOT + ".config.."));
        check(onlyIn("io.netty..", ROOT, ROOT + ".network", ROOT + ".proxy.."));
    }

    private static ArchRule onlyIn(String library, String... users) {
        return noClasses()
                .that(resideOutsideOfPackages(users))
                .should()
                .dependOnClassesThat(resideInAnyPackage(library));
    }

    @Test
    void logsGoThroughSlf4jAndStandardStreamsBelongToTheCommandLine() {
        check(noClasses().should().dependOnClassesThat(resideInAPackage("java.util.logging..")));
        check(noClasses()
                .that(resideOutsideOfPackages(ROOT + ".cli..").and(not(belongToAnyOf(Main.class))))
                .should(ACCESS_STANDARD_STREAMS));
    }

    @Test
    void timeComesInByTheConstructor() {
        check(noClasses()
                .that(resideOutsideOfPackages(PROGRAM_PACKAGES))
                .should()
                .accessTargetWhere(new DescribedPredicate<JavaAccess<?>>("the system's time") {
                    @Override
                    public boolean test(JavaAccess<?> access) {
                        String name = access.getTarget().getName();
                        JavaClass owner = access.getTargetOwner();
                        return (owner.isEquivalentTo(System.class)
                                        && (name.equals("nanoTime") || name.equals("currentTimeMillis")))
                                || (owner.isEquivalentTo(java.time.Instant.class) && name.equals("now"));
                    }
                }));
    }

    @Test
    void everyPackageSaysWhatItIsAndIsNullMarked() {
        assertThat(MAIN.stream().map(JavaClass::getPackage).distinct())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.isAnnotatedWith(NullMarked.class))
                        .as(each.getName() + ": package-info.java with @NullMarked")
                        .isTrue());
    }

    @Test
    void noNameSaysNothing() {
        for (String empty : new String[] {"Manager", "Helper", "Util", "Utils", "Impl", "Info", "Data"}) {
            check(noClasses().should().haveSimpleNameEndingWith(empty));
        }
    }

    @Test
    void noFileIsLongerThanOneIdea() throws IOException {
        Map<String, Long> tooLong = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                long lines = countLines(file);
                if (lines > LONGEST_FILE) {
                    tooLong.put(file.toString(), lines);
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }

    private static long countLines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(MAIN);
    }
}
