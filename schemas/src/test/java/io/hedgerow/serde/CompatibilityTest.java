package io.hedgerow.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The records of today's program against the schemas of every version released, kept under {@code compatibility/}. */
class CompatibilityTest {
    private static final Path RELEASED = Path.of("src/test/resources/compatibility");

    static Stream<Version> versions() {
        File[] folders = RELEASED.toFile().listFiles(File::isDirectory);
        return Stream.of(folders).sorted(Comparator.naturalOrder()).flatMap(folder -> Stream.of(
                        PredictionEvent.getClassSchema(),
                        Explanation.getClassSchema(),
                        AuditEntry.getClassSchema(),
                        AuditCheckpoint.getClassSchema())
                .map(today -> new Version(folder.getName(), today)));
    }

    record Version(String name, Schema today) {
        Schema released() throws Exception {
            Schema.Parser parser = new Schema.Parser();
            for (String file :
                    List.of("Prediction", "PredictionEvent", "Explanation", "AuditEntry", "AuditCheckpoint")) {
                parser.parse(RELEASED.resolve(name).resolve(file + ".avsc").toFile());
            }
            return parser.getTypes().get(today.getFullName());
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldStayBackwardCompatible(Version version) throws Exception {
        SchemaCompatibility.SchemaPairCompatibility result =
                SchemaCompatibility.checkReaderWriterCompatibility(version.today(), version.released());

        assertThat(result.getType()).as(result.getDescription()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldStayReadableToEveryVersionReleased(Version version) throws Exception {
        SchemaCompatibility.SchemaPairCompatibility result =
                SchemaCompatibility.checkReaderWriterCompatibility(version.released(), version.today());

        assertThat(result.getType()).as(result.getDescription()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldReadRecordsOfEveryVersionReleased(Version version) throws Exception {
        Schema released = version.released();
        Map<String, Object> settings = Map.of("schema.registry.url", "mock://compatibility");
        int id = new RegistryClient(settings).id("records-value", released);
        Class<? extends SpecificRecordBase> type =
                Class.forName(released.getFullName()).asSubclass(SpecificRecordBase.class);
        Deserializer<? extends SpecificRecordBase> deserializer =
                RegistrySerde.of(type, settings).deserializer();

        for (Object record : new RandomData(released, 200, 42)) {
            ByteArrayOutputStream value = new ByteArrayOutputStream();
            value.write(new byte[] {0, 0, 0, (byte) (id >> 8), (byte) id});
            byte[] body = encode(new GenericDatumWriter<>(released), record);
            value.write(body);

            SpecificRecordBase read = deserializer.deserialize("records", value.toByteArray());

            byte[] rewritten = encode(new SpecificDatumWriter<>(version.today(), read.getSpecificData()), read);
            assertThat(decode(version.today(), version.today(), rewritten))
                    .isEqualTo(decode(released, version.today(), body));
        }
    }

    private static <T> byte[] encode(DatumWriter<T> writer, T record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        writer.write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static Object decode(Schema writer, Schema reader, byte[] bytes) throws IOException {
        return new GenericDatumReader<>(writer, reader)
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }
}
