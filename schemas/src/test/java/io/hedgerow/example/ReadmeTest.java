package io.hedgerow.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private final String readme = read("README.md");

    @Test
    void shouldShowTheConsumerThatIsTested() {
        String source = read("src/test/java/io/hedgerow/example/ExplanationPrinter.java");

        List<String> tested = blocks(source, "// \\[\\w+]\\n(.*?)\\n *// \\[end]");
        assertThat(blocks(readme, "```java\\n(.*?)\\n```")).isEqualTo(tested).hasSize(2);
    }

    @Test
    void shouldShowTheProgramsInPythonThatAreTested() {
        List<String> tested = Stream.of("produce.py", "consume.py")
                .flatMap(file ->
                        blocks(read("../it/src/test/python/" + file), "# \\[\\w+]\\n(.*?)\\n# \\[end]").stream())
                .toList();

        assertThat(blocks(readme, "```python\\n(.*?)\\n```")).isEqualTo(tested).hasSize(2);
    }

    @Test
    void shouldNameEveryField() {
        assertThat(documented("PredictionEvent")).isEqualTo(fields(PredictionEvent.getClassSchema()));
        assertThat(documented("Explanation")).isEqualTo(fields(Explanation.getClassSchema()));
    }

    private List<String> documented(String record) {
        String section =
                blocks(readme, "(?m)^## " + record + ":(.*?)\\n\\n[^|\\n]").get(0);
        String names = String.join(" ", blocks(section, "(?m)^\\| (`[^|]*) \\|"));
        return blocks(names, "`(\\w+)`");
    }

    private static List<String> fields(Schema schema) {
        return schema.getFields().stream().map(Schema.Field::name).toList();
    }

    private static List<String> blocks(String text, String pattern) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1).stripIndent())
                .toList();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
