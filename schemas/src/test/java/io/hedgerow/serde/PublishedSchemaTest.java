package io.hedgerow.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.Alert;
import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.Profile;
import io.hedgerow.ReferenceEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PublishedSchemaTest {
    private static final Path FOLDER = Path.of("published");

    static List<Schema> schemas() {
        return List.of(
                PredictionEvent.getClassSchema(),
                Explanation.getClassSchema(),
                AuditEntry.getClassSchema(),
                AuditCheckpoint.getClassSchema(),
                Profile.getClassSchema(),
                ReferenceEntry.getClassSchema(),
                Alert.getClassSchema());
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldBeWholeInAFileOfItsOwn(Schema schema) throws Exception {
        Schema alone = new Schema.Parser().parse(file(schema).toFile());

        assertThat(alone).isEqualTo(PublishedSchema.of(schema));
        assertThat(new RandomData(alone, 20, 1))
                .allSatisfy(record ->
                        assertThat(GenericData.get().validate(schema, record)).isTrue());
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldBeKeptInFilesAsTheCommandPrintsIt(Schema schema) throws Exception {
        assertThat(file(schema))
                .as("write it anew: hedgerow schemas print --out schemas/published")
                .content()
                .isEqualTo(PublishedSchema.text(schema));
    }

    @Test
    void shouldHaveAFileForEachTopicsRecord() throws Exception {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files)
                    .containsExactlyInAnyOrderElementsOf(
                            schemas().stream().map(PublishedSchemaTest::file).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldSayNothingOfJava(Schema schema) {
        assertThat(PublishedSchema.text(schema)).doesNotContain("java").contains("\"type\" : \"string\"");
        assertThat(PublishedSchema.of(schema).getDoc()).isEqualTo(schema.getDoc());
    }

    private static Path file(Schema schema) {
        return FOLDER.resolve(schema.getName() + ".avsc");
    }
}
