package io.hedgerow.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    private static final Path GUIDE = Path.of("../../docs/configuration.md");

    @Test
    void shouldListEveryKeyAsTheCodeDeclaresIt() throws Exception {
        String expected = ConfigReader.keys().stream().map(ReferenceTest::row).collect(Collectors.joining("\n"));

        String actual = Files.readAllLines(GUIDE).stream()
                .filter(line -> line.startsWith("| `"))
                .collect(Collectors.joining("\n"));
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void shouldShowAnExampleThatIsValid() throws Exception {
        String guide = Files.readString(GUIDE);
        String yaml = guide.substring(guide.indexOf("```yaml") + 7, guide.indexOf("```\n"));
        Path file = Files.createTempFile("hedgerow", ".yaml");
        try {
            Files.writeString(file, yaml);
            HedgerowConfig config = ConfigReader.read(file, Map.of("REGISTRY_PASSWORD", "x"));
            assertThat(config.models()).isNotEmpty();
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void shouldDeclareDefaultsThatAreAllowed() {
        for (Key<?> key : ConfigReader.keys()) {
            if (key.fallback() != null) {
                assertThat(key.parser().apply(key.fallback())).as(key.path()).isNotNull();
            }
        }
    }

    private static String row(Key<?> key) {
        String fallback =
                key.fallback() == null ? "needed" : key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`";
        String type = key.type() + (key.range().isEmpty() ? "" : ", " + key.range());
        return "| `" + key.path() + "` | " + type + " | " + fallback + " | " + key.doc() + " |";
    }
}
