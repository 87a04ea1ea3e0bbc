package io.hedgerow;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import io.hedgerow.cli.Hedgerow;
import io.hedgerow.compiler.Compiler;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each package is a room with one job; dependencies between them go downward only. */
class ArchitectureTest {
    /** What each room may use, besides the records of the schemas module. */
    private static final Map<String, Set<String>> ROOMS = Map.ofEntries(
            Map.entry(
                    "cli",
                    Set.of(
                            "service",
                            "dashboard",
                            "web",
                            "monitor",
                            "npy",
                            "config",
                            "bench",
                            "demo",
                            "evaluate",
                            "stream",
                            "topics",
                            "deadletters",
                            "record",
                            "event",
                            "faithfulness",
                            "render",
                            "models",
                            "preprocess",
                            "yaml",
                            "image",
                            "device",
                            "compiler",
                            "engine",
                            "digest",
                            "audit",
                            "attribution")),
            Map.entry(
                    "service",
                    Set.of(
                            "audit",
                            "compiler",
                            "config",
                            "dashboard",
                            "device",
                            "engine",
                            "event",
                            "faithfulness",
                            "image",
                            "models",
                            "monitor",
                            "preprocess",
                            "record",
                            "stream",
                            "topics",
                            "web")),
            Map.entry(
                    "dashboard",
                    Set.of("attribution", "audit", "digest", "event", "image", "monitor", "render", "topics")),
            Map.entry("web", Set.of("stream")),
            Map.entry("monitor", Set.of("attribution", "digest", "event", "image", "render", "topics")),
            Map.entry("npy", Set.of()),
            Map.entry(
                    "config",
                    Set.of(
                            "audit",
                            "compiler",
                            "dashboard",
                            "device",
                            "event",
                            "image",
                            "models",
                            "monitor",
                            "stream",
                            "topics",
                            "web",
                            "yaml")),
            Map.entry(
                    "bench",
                    Set.of(
                            "attribution",
                            "audit",
                            "compiler",
                            "config",
                            "demo",
                            "device",
                            "engine",
                            "event",
                            "image",
                            "models",
                            "preprocess",
                            "service",
                            "stream",
                            "topics")),
            Map.entry(
                    "demo",
                    Set.of(
                            "audit",
                            "compiler",
                            "config",
                            "engine",
                            "evaluate",
                            "image",
                            "preprocess",
                            "render",
                            "service",
                            "topics")),
            Map.entry(
                    "stream",
                    Set.of(
                            "audit",
                            "compiler",
                            "deadletters",
                            "device",
                            "digest",
                            "event",
                            "faithfulness",
                            "image",
                            "models",
                            "record",
                            "topics")),
            Map.entry(
                    "evaluate",
                    Set.of(
                            "attribution",
                            "compiler",
                            "digest",
                            "engine",
                            "image",
                            "models",
                            "npy",
                            "preprocess",
                            "render",
                            "yaml")),
            Map.entry("topics", Set.of()),
            Map.entry("deadletters", Set.of("digest", "event", "record")),
            Map.entry(
                    "record",
                    Set.of("attribution", "audit", "compiler", "device", "digest", "event", "faithfulness", "models")),
            Map.entry(
                    "event",
                    Set.of(
                            "attribution",
                            "compiler",
                            "device",
                            "digest",
                            "faithfulness",
                            "image",
                            "models",
                            "preprocess")),
            Map.entry("faithfulness", Set.of("attribution", "compiler", "device", "digest", "models")),
            Map.entry("render", Set.of("attribution", "image")),
            Map.entry("models", Set.of("attribution", "compiler", "device", "digest", "engine", "preprocess")),
            Map.entry("preprocess", Set.of("attribution", "compiler", "image", "yaml")),
            Map.entry("yaml", Set.of()),
            Map.entry("image", Set.of("attribution", "engine")),
            Map.entry("device", Set.of("compiler")),
            Map.entry("compiler", Set.of("attribution", "digest", "engine")),
            Map.entry("engine", Set.of("digest")),
            Map.entry("digest", Set.of()),
            Map.entry("audit", Set.of("digest")),
            Map.entry("attribution", Set.of()));

    private static final JavaClasses CLASSES =
            new ClassFileImporter().importLocations(List.of(code(Hedgerow.class), code(Compiler.class)));

    /** The classes' folder where only tests are asked for, a jar where the modules are packaged too. */
    private static Location code(Class<?> type) {
        URL place = type.getProtectionDomain().getCodeSource().getLocation();
        if (!place.getPath().endsWith(".jar")) {
            return Location.of(place);
        }
        return Location.of(URI.create("jar:" + place + "!/"));
    }

    static Stream<String> rooms() {
        return ROOMS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void shouldDependDownwardOnly(String room) {
        Set<String> forbidden = new TreeSet<>(ROOMS.keySet());
        forbidden.remove(room);
        forbidden.removeAll(ROOMS.get(room));
        String[] packages =
                forbidden.stream().map(name -> "io.hedgerow." + name + "..").toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage("io.hedgerow." + room + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(packages))
                .check(CLASSES);
    }

    @Test
    void shouldHaveNoOtherRooms() {
        Set<String> found = CLASSES.stream()
                .map(type -> type.getPackageName().split("\\.")[2])
                .collect(Collectors.toSet());

        assertThat(found).isEqualTo(ROOMS.keySet());
    }

    @Test
    void shouldDocumentTheRooms() throws Exception {
        Map<String, Set<String>> documented = Files.readAllLines(Path.of("../README.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|"))
                .collect(Collectors.toMap(row -> row[1].replaceAll("[` ]", ""), row -> Stream.of(
                                row[3].replaceAll("[` ]", "").split(","))
                        .filter(name -> !name.isEmpty())
                        .flatMap(name -> name.equals("all")
                                ? ROOMS.keySet().stream().filter(room -> !room.equals("cli"))
                                : Stream.of(name))
                        .collect(Collectors.toSet())));

        assertThat(documented).isEqualTo(ROOMS);
    }

    @Test
    void shouldHaveNoCycleOfRooms() {
        for (String room : ROOMS.keySet()) {
            assertThat(below(room)).as("what " + room + " stands on").doesNotContain(room);
        }
    }

    @Test
    void shouldHaveNoCycleOfPackages() {
        slices().matching("io.hedgerow.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void shouldHaveNoPackageOfOverThirtyFiles() {
        Map<String, Long> files = CLASSES.stream()
                .filter(type -> !type.isNestedClass())
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));

        assertThat(files).allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(30));
    }

    @Test
    void shouldKeepTheCompilerALibraryOfItsOwn() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.hedgerow.compiler..",
                        "io.hedgerow.engine..",
                        "io.hedgerow.attribution..",
                        "io.hedgerow.digest..",
                        "io.hedgerow.npy..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.apache..", "io.javalin..", "io.micrometer..", "ch.qos.logback..", "picocli.."))
                .check(CLASSES);
    }

    @Test
    void shouldMarkEveryPackageForNullness() {
        Set<String> unmarked = CLASSES.stream()
                .map(JavaClass::getPackage)
                .filter(room -> !room.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(unmarked).isEmpty();
    }

    @Test
    void shouldUseKafkasServerInOneFile() {
        noClasses()
                .that()
                .haveNameNotMatching("io\\.hedgerow\\.demo\\.EmbeddedKafka(\\$.*)?")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "kafka..",
                        "org.apache.kafka.server..",
                        "org.apache.kafka.metadata..",
                        "org.apache.kafka.raft..",
                        "org.apache.kafka.network.."))
                .check(CLASSES);
    }

    @Test
    void shouldUseNothingThatOnlyTheRegistryClientBrings() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.apache.flink..", "com.google.common..", "org.apache.commons.."))
                .check(CLASSES);
    }

    @Test
    void shouldBeFinalOrAbstract() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotRecords()
                .and()
                .areNotEnums()
                .and()
                .areTopLevelClasses()
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .and()
                .areNotAssignableTo(Exception.class)
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(CLASSES);
    }

    @Test
    void shouldHaveNoCircleOfClasses() {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass type : CLASSES) {
            Set<String> used = uses.computeIfAbsent(file(type), name -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().forEach(use -> used.add(file(use.getTargetClass())));
        }
        Map<String, Set<String>> reached = new TreeMap<>();
        uses.keySet().forEach(name -> reached.put(name, reachable(name, uses)));

        Set<Set<String>> circles = uses.keySet().stream()
                .filter(name -> reached.get(name).contains(name))
                .map(name -> reached.get(name).stream()
                        .filter(other -> reached.getOrDefault(other, Set.of()).contains(name))
                        .collect(Collectors.toSet()))
                .collect(Collectors.toSet());
        assertThat(circles).isEmpty();
    }

    /** The class that a nested one belongs to. */
    private static String file(JavaClass type) {
        return type.getBaseComponentType().getName().replaceFirst("\\$.*", "");
    }

    /** What a class stands on, itself only if in a circle with others. */
    private static Set<String> reachable(String name, Map<String, Set<String>> uses) {
        Set<String> found = new TreeSet<>();
        Deque<String> next = new ArrayDeque<>(uses.get(name));
        next.remove(name);
        while (!next.isEmpty()) {
            String one = next.remove();
            if (uses.containsKey(one) && found.add(one)) {
                uses.get(one).stream().filter(other -> !other.equals(one)).forEach(next::add);
            }
        }
        return found;
    }

    private static Set<String> below(String room) {
        Set<String> below = new TreeSet<>(ROOMS.get(room));
        ROOMS.get(room).forEach(next -> below.addAll(below(next)));
        return below;
    }
}
