package io.hedgerow.evaluate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassMapTest {
    private static final List<String> LABELS =
            List.of("background", "Eskimo dog, husky", "hot dog", "orange", "Granny Smith", "dogsled, dog sled");

    @TempDir
    Path folder;

    private ClassMap read(String text) throws Exception {
        return ClassMap.read(Files.writeString(folder.resolve("map.yaml"), text), LABELS, 6, 0);
    }

    @Test
    void shouldTakeIndicesAndLabelsInYamlAndJson() throws Exception {
        assertThat(read("dog: [1, 'hot dog']\napple: Granny Smith\n").indices("dog"))
                .containsExactly(1, 2);
        assertThat(read("{\"apple\": 4}").indices("apple")).containsExactly(4);
        assertThat(read("dog: 1").has("cat")).isFalse();
        assertThat(read("dog: 1\npet: [1, 3]").names(1)).containsExactly("dog", "pet");
    }

    @Test
    void shouldMoveIndicesByAnOffset() throws Exception {
        Path file = Files.writeString(folder.resolve("map.json"), "{\"dog\": [0]}");

        assertThat(ClassMap.read(file, LABELS, 6, 1).indices("dog")).containsExactly(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dog: 6 | dog: 6, but the model has classes 0 to 5",
                "dog: hot dob | did you mean hot dog?",
                "[dog] | takes a map",
                "dog: [1 | line"
            })
    void shouldSayWhatIsWrong(String text, String message) {
        assertThatIOException().isThrownBy(() -> read(text)).withMessageContaining(message);
    }

    @Test
    void shouldMatchLabelsThatAreTheSame() {
        ClassMap map = ClassMap.byLabel(new TreeSet<>(List.of("Orange", "dog")), LABELS);

        assertThat(map.indices("Orange")).containsExactly(3);
        assertThat(map.has("dog")).isFalse();
    }

    @Test
    void shouldProposeClassesWhoseNamesEndWithTheDataSets() {
        ClassSuggestions suggestions = new ClassSuggestions(LABELS);

        assertThat(suggestions.of("dogs")).containsExactly(1, 2);
        assertThat(suggestions.yaml(new TreeSet<>(List.of("dog", "plum"))))
                .isEqualTo(
                        "\"dog\":\n  - 1  # Eskimo dog, husky\n  - 2  # hot dog\n# \"plum\": no label of the model ends"
                                + " with it\n");
    }
}
