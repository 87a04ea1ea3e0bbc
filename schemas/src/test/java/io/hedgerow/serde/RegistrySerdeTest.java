package io.hedgerow.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrySerdeTest {
    private static final String TOPIC = "prediction-events";

    private final Map<String, Object> settings = Map.of("schema.registry.url", "mock://serde-test");
    private final RegistrySerde<PredictionEvent> serde = RegistrySerde.of(PredictionEvent.class, settings);

    @Test
    void shouldReadWhatItWrote() {
        assertThat(read(write())).isEqualTo(Samples.event());
    }

    @Test
    void shouldFrameRecordsAsConfluentDoes() {
        byte[] value = write();

        int id = new RegistryClient(settings).id(TOPIC + "-value", PredictionEvent.getClassSchema());
        assertThat(Arrays.copyOf(value, 5)).containsExactly(0, id >> 24, id >> 16, id >> 8, id);
    }

    @Test
    void shouldKeepNull() {
        assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
        assertThat(serde.deserializer().deserialize(TOPIC, (byte[]) null)).isNull();
    }

    @Test
    void shouldBeMadeByKafkaFromAClassName() {
        Map<String, Object> named = new HashMap<>(settings);
        named.put(RegistryDeserializer.VALUE_TYPE, PredictionEvent.class.getName());
        RegistrySerde<PredictionEvent> byName = new RegistrySerde<>();

        byName.configure(named, false);

        assertThat(byName.deserializer().deserialize(TOPIC, write())).isEqualTo(Samples.event());
    }

    @ParameterizedTest
    @CsvSource({
        "io.confluent.kafka.serializers.subject.TopicNameStrategy, t-value",
        "io.confluent.kafka.serializers.subject.RecordNameStrategy, io.hedgerow.PredictionEvent",
        "TopicRecordNameStrategy, t-io.hedgerow.PredictionEvent"
    })
    void shouldNameSubjectsByTheStrategySet(String strategy, String subject) {
        String url = "mock://" + strategy;
        RegistrySerde.of(
                        PredictionEvent.class,
                        Map.of("schema.registry.url", url, "value.subject.name.strategy", strategy))
                .serializer()
                .serialize("t", Samples.event());

        RegistryClient lookup =
                new RegistryClient(Map.of("schema.registry.url", url, "auto.register.schemas", "false"));
        assertThat(lookup.id(subject, PredictionEvent.getClassSchema())).isPositive();
    }

    @Test
    void shouldWriteOnlyRegisteredSchemasIfToldSo() {
        Map<String, Object> strict = Map.of("schema.registry.url", "mock://strict", "auto.register.schemas", "false");

        assertThatThrownBy(() -> RegistrySerde.of(PredictionEvent.class, strict)
                        .serializer()
                        .serialize(TOPIC, Samples.event()))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining("prediction-events-value")
                .hasMessageContaining("auto.register.schemas");
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, true", "false, true"})
    void shouldFindThePublishedSchemaWhereItMayRegisterNothing(boolean isRegisteredNormalized, boolean normalize)
            throws Exception {
        String published = Files.readString(Path.of("published/PredictionEvent.avsc"));

        assertThatIsFound(published, isRegisteredNormalized, normalize);
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, true", "false, true"})
    void shouldFindTheSchemaThatTheFirstVersionRegistered(boolean isRegisteredNormalized, boolean normalize)
            throws Exception {
        String first = PredictionEvent.getClassSchema().toString();

        assertThat(first).contains("avro.java.string");
        assertThatIsFound(first, isRegisteredNormalized, normalize);
    }

    private static void assertThatIsFound(String schema, boolean isRegisteredNormalized, boolean normalize)
            throws Exception {
        String url = "mock://given-" + schema.hashCode() + isRegisteredNormalized + normalize;
        int id = MockSchemaRegistry.getClientForScope(url.substring("mock://".length()))
                .register(TOPIC + "-value", new AvroSchema(schema), isRegisteredNormalized);
        Map<String, Object> strict =
                Map.of("schema.registry.url", url, "auto.register.schemas", "false", "normalize.schemas", normalize);

        byte[] value =
                RegistrySerde.of(PredictionEvent.class, strict).serializer().serialize(TOPIC, Samples.event());

        assertThat(ByteBuffer.wrap(value).getInt(1)).isEqualTo(id);
    }

    @Test
    void shouldRegisterWhatIsPublished() throws Exception {
        write();

        assertThat(MockSchemaRegistry.getClientForScope("serde-test")
                        .getLatestSchemaMetadata(TOPIC + "-value")
                        .getSchema())
                .isEqualTo(PublishedSchema.of(PredictionEvent.getClassSchema()).toString())
                .doesNotContain("avro.java");
    }

    @Test
    void shouldRegisterASchemaOnceForThoseWhoMayNot() throws Exception {
        Map<String, Object> strict =
                Map.of("schema.registry.url", "mock://registrar", "auto.register.schemas", "false");
        try (SchemaRegistrar registrar = new SchemaRegistrar(strict)) {
            var first = registrar.register(TOPIC, PredictionEvent.getClassSchema());
            var second = registrar.register(TOPIC, PredictionEvent.getClassSchema());

            assertThat(first.subject()).isEqualTo(TOPIC + "-value");
            assertThat(first.isNew()).isTrue();
            assertThat(second.isNew()).isFalse();
            assertThat(second.id()).isEqualTo(first.id());
        }
    }

    @Test
    void shouldTakeALatestVersionThatSaysTheSame() throws Exception {
        Map<String, Object> latest = Map.of("schema.registry.url", "mock://same", "use.latest.version", "true");
        int id = MockSchemaRegistry.getClientForScope("same")
                .register(
                        TOPIC + "-value", new AvroSchema(Files.readString(Path.of("published/PredictionEvent.avsc"))));

        byte[] value =
                RegistrySerde.of(PredictionEvent.class, latest).serializer().serialize(TOPIC, Samples.event());

        assertThat(ByteBuffer.wrap(value).getInt(1)).isEqualTo(id);
    }

    @Test
    void shouldRefuseALatestVersionThatItDoesNotWrite() {
        Map<String, Object> latest = Map.of("schema.registry.url", "mock://latest", "use.latest.version", "true");
        new RegistryClient(Map.of("schema.registry.url", "mock://latest"))
                .id(TOPIC + "-value", Explanation.getClassSchema());

        assertThatThrownBy(() -> RegistrySerde.of(PredictionEvent.class, latest)
                        .serializer()
                        .serialize(TOPIC, Samples.event()))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining("version 1")
                .hasMessageContaining("io.hedgerow.PredictionEvent");
    }

    @Test
    void shouldSayThatAnUnknownStrategyIsUnknown() {
        Map<String, Object> wrong = Map.of("schema.registry.url", "mock://x", "value.subject.name.strategy", "Topic");

        assertThatThrownBy(() -> RegistrySerde.of(PredictionEvent.class, wrong))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("value.subject.name.strategy")
                .hasMessageContaining("RecordNameStrategy");
    }

    @Test
    void shouldSayThatTheAddressIsMissing() {
        assertThatThrownBy(() -> RegistrySerde.of(PredictionEvent.class, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void shouldSayThatTheHeaderIsShort(int length) {
        assertThatMalformed(new byte[length]).withMessageContaining("The value has " + length + " bytes");
    }

    @Test
    void shouldSayThatTheMagicByteIsWrong() {
        assertThatMalformed("{\"id\": 1}".getBytes()).withMessageContaining("starts with byte 0x7b");
    }

    @Test
    void shouldSayThatTheSchemaIsUnknown() {
        assertThatExceptionOfType(UnknownSchemaException.class)
                .isThrownBy(() -> read(new byte[] {0, 0, 0x0f, 0, 1, 0}))
                .withMessageContaining("Schema id 983041 is unknown");
    }

    @Test
    void shouldSayThatARecordIsCutShort() {
        byte[] value = write();

        for (int length = 5; length < value.length; length++) {
            assertThatMalformed(Arrays.copyOf(value, length)).withMessageContaining("ends too early");
        }
    }

    @Test
    void shouldSayThatBytesFollow() {
        byte[] value = write();

        assertThatMalformed(Arrays.copyOf(value, value.length + 3)).withMessageContaining("followed by 3 bytes");
    }

    @Test
    void shouldSayThatTheSchemaIsAnothers() {
        int id = new RegistryClient(settings).id("other", Explanation.getClassSchema());

        assertThatMalformed(new byte[] {0, 0, 0, (byte) (id >> 8), (byte) id, 0})
                .withMessageContaining("incompatible schema");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Integer.MAX_VALUE - 8, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE})
    void shouldTakeNoMemoryForLengthsThatAreNotThere(long length) throws Exception {
        byte[] id = Arrays.copyOf(write(), 5);
        ByteArrayOutputStream string = new ByteArrayOutputStream();
        string.write(id);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(string, null);
        encoder.writeLong(length);

        ByteArrayOutputStream collection = new ByteArrayOutputStream();
        collection.write(id);
        encoder = EncoderFactory.get().directBinaryEncoder(collection, encoder);
        encoder.writeString("id");
        encoder.writeLong(0);
        encoder.writeString("source");
        encoder.writeString("model");
        encoder.writeString("version");
        encoder.writeInt(0);
        encoder.writeBytes(new byte[0]);
        encoder.writeString("image/png");
        encoder.writeLong(length);

        assertThatMalformed(string.toByteArray());
        assertThatMalformed(collection.toByteArray());
    }

    @Test
    void shouldAnswerAnyChangedByteWithARecordOrOneKindOfError() {
        byte[] value = write();
        SplittableRandom random = new SplittableRandom(7);
        int malformed = 0;

        for (int trial = 0; trial < 20_000; trial++) {
            byte[] changed = value.clone();
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                changed[random.nextInt(5, changed.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(read(changed)).isNotNull();
            } catch (MalformedRecordException expected) {
                malformed++;
            }
        }

        assertThat(malformed).isBetween(1, 19_999);
    }

    @Test
    void shouldNameTheFieldThatIsMissing() {
        PredictionEvent event = Samples.event();
        event.setModel(null);

        assertThatThrownBy(() -> serde.serializer().serialize(TOPIC, event))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("PredictionEvent")
                .hasMessageContaining("model");
    }

    private ThrowableAssertAlternative<MalformedRecordException> assertThatMalformed(byte[] value) {
        return assertThatExceptionOfType(MalformedRecordException.class).isThrownBy(() -> read(value));
    }

    private byte[] write() {
        return serde.serializer().serialize(TOPIC, Samples.event());
    }

    private PredictionEvent read(byte[] value) {
        return serde.deserializer().deserialize(TOPIC, value);
    }
}
