package io.hedgerow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.hedgerow.config.ConfigReader;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.preprocess.ModelYaml;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/** What documents say can be done, can be done. */
class DocumentsTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Set<String> FOREIGN_FOLDERS = Set.of("target", ".git", "node_modules");
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```");
    private static final Pattern SPAN = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(#[^)\\s]*)?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern POINTER = Pattern.compile("(?m)^ *(?://|#|<!--) RATIONALE: (.*?)(?: -->)?$");
    private static final Pattern ONE_MACHINES_PATH =
            Pattern.compile("(?<![\\w./:~-])/(work|tmp|home|root|Users)/\\w\\S*");

    @TempDir
    private Path folder;

    static List<Path> documents() throws IOException {
        return files(".md");
    }

    private static List<Path> files(String ending) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return FOREIGN_FOLDERS.contains(directory.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(ending)) {
                    files.add(ROOT.relativize(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    @Test
    void shouldLookAtDocuments() throws IOException {
        assertThat(documents()).contains(Path.of("README.md"), Path.of("schemas/README.md"));
        assertThat(commands(FENCE, 2, Path.of("README.md"))).hasSizeGreaterThan(2);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldShowCommandsThatParse(Path document) throws IOException {
        for (List<String> command : commands(FENCE, 2, document)) {
            CommandLine hedgerow = new CommandLine(new Hedgerow()).setCaseInsensitiveEnumValuesAllowed(true);
            assertThatCode(() -> hedgerow.parseArgs(command.toArray(String[]::new)))
                    .as("hedgerow %s", String.join(" ", command))
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldNameCommandsAndOptionsThatThereAre(Path document) throws IOException {
        for (List<String> command : commands(SPAN, 1, document)) {
            CommandLine called = new CommandLine(new Hedgerow());
            for (String word : command.stream()
                    .takeWhile(word -> word.matches("[a-z][a-z-]*"))
                    .toList()) {
                assertThat(called.getSubcommands())
                        .as("hedgerow %s", String.join(" ", command))
                        .containsKey(word);
                called = called.getSubcommands().get(word);
                if (called.getSubcommands().isEmpty()) {
                    break;
                }
            }
            assertThat(command.stream().filter(word -> word.startsWith("--")))
                    .as("options of hedgerow %s", String.join(" ", command))
                    .isSubsetOf(called.getCommandSpec().optionsMap().keySet());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldLinkToWhatThereIs(Path document) throws IOException {
        LINK.matcher(read(document)).results().forEach(link -> {
            if (link.group(1).contains("://")) {
                return;
            }
            Path target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
            assertThat(ROOT.resolve(target)).as(link.group()).exists();
            if (link.group(2) != null) {
                assertThat(anchors(target)).as(link.group()).contains(link.group(2));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldNameNoPathOfOneMachine(Path document) throws IOException {
        assertThat(ONE_MACHINES_PATH.matcher(read(document)).results().map(MatchResult::group))
                .isEmpty();
    }

    @Test
    void shouldPinChoicesByTestsThatThereAre() throws IOException {
        List<String> tests = files(".java").stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .toList();

        assertThat(Pattern.compile("(?m)^Pinned by (.*)\\.$")
                        .matcher(read(Path.of("RATIONALE.md")))
                        .results()
                        .flatMap(pins -> SPAN.matcher(pins.group(1)).results())
                        .map(pin -> pin.group(1)))
                .isNotEmpty()
                .isSubsetOf(tests);
    }

    @Test
    void shouldNameClassesThatThereAreWhereOneIsToAdd() throws IOException {
        Set<String> known = files(".java").stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        known.addAll(Set.of("AlertKind", "Block", "RATIONALE"));

        assertThat(Pattern.compile("`([A-Z]\\w+)(?:\\.\\w+\\(\\))?`")
                        .matcher(read(Path.of("CONTRIBUTING.md")).split("## Where would I add", -1)[1])
                        .results()
                        .map(name -> name.group(1)))
                .hasSizeGreaterThan(20)
                .isSubsetOf(known);
    }

    @Test
    void shouldPinEveryChoice() throws IOException {
        assertThat(read(Path.of("RATIONALE.md")).split("(?m)^### ", -1))
                .hasSizeGreaterThan(2)
                .satisfies(entries -> assertThat(Arrays.copyOfRange(entries, 1, entries.length))
                        .allSatisfy(entry -> assertThat(entry).containsPattern("(?m)^Pinned by ")));
    }

    @Test
    void shouldPointToEveryChoiceWhereItIsSeen() throws IOException {
        List<String> questions = Pattern.compile("(?m)^### (.*)$")
                .matcher(read(Path.of("RATIONALE.md")))
                .results()
                .map(heading -> heading.group(1))
                .toList();
        Set<String> pointed = new TreeSet<>();
        for (String ending : List.of(".java", "pom.xml", "/bin/hedgerow", "/strip-symbols")) {
            for (Path file : files(ending)) {
                POINTER.matcher(read(file)).results().forEach(pointer -> pointed.add(pointer.group(1)));
            }
        }

        assertThat(pointed).containsExactlyInAnyOrderElementsOf(questions);
    }

    @Test
    void shouldShowAConfigurationThatIsValid() throws IOException {
        Path file = Files.writeString(folder.resolve("hedgerow.yaml"), yaml("README.md", "kafka:"));

        HedgerowConfig config = ConfigReader.read(file, Map.of());

        assertThat(config.models()).hasSize(1);
        assertThat(read(Path.of("README.md")))
                .contains(
                        "| `" + config.topics().input() + "` |",
                        "| `" + config.topics().explanations() + "` |",
                        "| `" + config.topics().deadLetters() + "` |",
                        "http://" + config.http().address() + ":"
                                + config.http().port() + "/livez");
    }

    @Test
    void shouldShowAModelsDefaults() throws IOException {
        Path shown = Files.writeString(folder.resolve("shown.yaml"), yaml("docs/models.md", "name:"));
        Path absent = folder.resolve("absent.yaml");

        assertThat(ModelYaml.read(folder, shown).input())
                .usingRecursiveComparison()
                .isEqualTo(ModelYaml.read(folder, absent).input());
    }

    @Test
    void shouldHaveTheTestCommandRunByContinuousIntegration() throws IOException {
        assertThat(read(Path.of("README.md"))).contains("\n./mvnw verify\n");
        assertThat(read(Path.of(".ci/run")).replace(" -B -ntp", "")).contains("./mvnw verify\n");
    }

    @Test
    void shouldListEveryIntegrationTest() throws IOException {
        String readme = read(Path.of("it/README.md"));
        try (Stream<Path> tests = Files.list(ROOT.resolve("it/src/test/java/io/hedgerow/it"))) {
            assertThat(tests.map(test -> test.getFileName().toString()).filter(name -> name.matches("IT.*\\.java")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(readme).contains("| `" + name.replace(".java", "") + "` |"));
        }
    }

    @Test
    void shouldPinTheImagesOfCompose() throws IOException {
        Map<String, Map<String, Map<String, Object>>> compose =
                new Yaml().load(Files.readString(ROOT.resolve("docker-compose.yml")));

        assertThat(compose.get("services")).isNotEmpty().allSatisfy((name, service) -> assertThat(service.get("image"))
                .asString()
                .matches("[\\w./-]+:\\d[\\w.-]+"));
    }

    /** What follows {@code hedgerow} wherever it is called in code, in words. */
    private static List<List<String>> commands(Pattern code, int group, Path document) throws IOException {
        Predicate<String> isCall = call -> call.matches("(?s)(\\S*/)?hedgerow\\s+[a-z].*");
        return code.matcher(code == SPAN ? FENCE.matcher(read(document)).replaceAll("") : read(document))
                .results()
                .flatMap(match -> Stream.of(match.group(group).split("&&|[;|\\n]")))
                .map(String::strip)
                .filter(isCall)
                .map(call -> Arrays.stream(call.split("\\s+")).skip(1).toList())
                .toList();
    }

    private static String yaml(String document, String start) throws IOException {
        return FENCE.matcher(read(Path.of(document)))
                .results()
                .filter(fence -> fence.group(1).equals("yaml") && fence.group(2).startsWith(start))
                .map(fence -> fence.group(2))
                .findFirst()
                .orElseThrow();
    }

    /** As GitHub makes them. */
    private static List<String> anchors(Path document) {
        try {
            return HEADING.matcher(read(document))
                    .results()
                    .map(heading -> "#"
                            + heading.group(1)
                                    .toLowerCase()
                                    .replaceAll("[^\\w -]", "")
                                    .replace(' ', '-'))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(Path document) throws IOException {
        return Files.readString(ROOT.resolve(document));
    }
}
