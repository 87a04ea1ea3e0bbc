package io.hedgerow.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hedgerow.PredictionEvent;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryClientTest {
    private static final byte[] RECORD_OF_SCHEMA_7 = {0, 0, 0, 0, 7, 0};
    private static final String SCHEMA_NOT_FOUND = "{\"error_code\": 40403, \"message\": \"Schema 7 not found\"}";

    @Test
    void shouldCallARecordBadIfItsSchemaIsNotFound() {
        try (StubRegistry registry = new StubRegistry(404, SCHEMA_NOT_FOUND)) {
            assertThatThrownBy(() -> read(registry.settings()))
                    .isInstanceOf(UnknownSchemaException.class)
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("Schema id 7 is unknown")
                    .hasMessageContaining(registry.address());
        }
    }

    @Test
    void shouldAskForAMissingSchemaOnce() {
        try (StubRegistry registry = new StubRegistry(404, SCHEMA_NOT_FOUND)) {
            RegistryDeserializer<PredictionEvent> deserializer = deserializer(registry.settings());
            for (int record = 0; record < 3; record++) {
                assertThatThrownBy(() -> deserializer.deserialize("t", RECORD_OF_SCHEMA_7))
                        .isInstanceOf(UnknownSchemaException.class);
            }
            assertThat(registry.requests()).hasSize(1);
        }
    }

    @Test
    void shouldCallARecordBadIfItsSchemaIsNoAvro() {
        try (StubRegistry registry =
                new StubRegistry(200, "{\"schemaType\": \"PROTOBUF\", \"schema\": \"syntax = 'proto3';\"}")) {
            assertThatThrownBy(() -> read(registry.settings()))
                    .isInstanceOf(UnknownSchemaException.class)
                    .hasMessageContaining("Schema id 7")
                    .hasMessageContaining("no valid Avro schema");
        }
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "503", "429"})
    void shouldAskToWaitIfTheRegistryIsInTrouble(int status) {
        try (StubRegistry registry = new StubRegistry(status, "{\"error_code\": 50001, \"message\": \"no store\"}")) {
            assertThatThrownBy(() -> read(registry.settings()))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .isInstanceOf(RetriableException.class)
                    .hasMessageContaining(registry.address())
                    .hasMessageContaining("no store");
        }
    }

    @Test
    void shouldAskToWaitIfNobodyListens() {
        StubRegistry registry = new StubRegistry(200, "");
        registry.close();

        assertThatThrownBy(() -> read(registry.settings()))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining(registry.address())
                .hasMessageContaining("can't be reached");
    }

    @Test
    void shouldAskTheNextRegistryIfNobodyListens() {
        StubRegistry absent = new StubRegistry(200, "");
        absent.close();
        try (StubRegistry sound = new StubRegistry(
                200,
                new ObjectNode(JsonNodeFactory.instance)
                        .put("schema", PredictionEvent.getClassSchema().toString())
                        .toString())) {
            Map<String, Object> settings = sound.settings();
            settings.put("schema.registry.url", "http://" + absent.address() + ",http://" + sound.address());

            assertThatThrownBy(() -> read(settings)).isInstanceOf(MalformedRecordException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void shouldNotAskToWaitForCredentialsToBecomeRight(int status) {
        try (StubRegistry registry = new StubRegistry(status, "{\"error_code\": 40101, \"message\": \"who?\"}")) {
            assertThatThrownBy(() -> read(registry.settings()))
                    .isInstanceOf(RegistryRefusedException.class)
                    .hasMessageContaining("answered " + status);
        }
    }

    @Test
    void shouldNotTakeAnyOther404ForAMissingSchema() {
        try (StubRegistry registry = new StubRegistry(404, "<html>no such page</html>")) {
            assertThatThrownBy(() -> read(registry.settings())).isInstanceOf(RegistryRefusedException.class);
        }
    }

    @Test
    void shouldSayThatTheSchemaIsIncompatible() {
        try (StubRegistry registry =
                new StubRegistry(409, "{\"error_code\": 409, \"message\": \"incompatible with version 3\"}")) {
            RegistrySerde<PredictionEvent> serde = RegistrySerde.of(PredictionEvent.class, registry.settings());
            assertThatThrownBy(() -> serde.serializer().serialize("events", Samples.event()))
                    .isInstanceOf(RegistryRefusedException.class)
                    .hasMessageContaining("events-value")
                    .hasMessageContaining("incompatible with version 3");
        }
    }

    @Test
    void shouldSayBeforeTheFirstRecordThatTheSchemaIsIncompatible() {
        try (StubRegistry registry = new StubRegistry(409, "{\"error_code\": 409, \"message\": \"incompatible\"}")) {
            RegistrySerde<PredictionEvent> serde = RegistrySerde.of(PredictionEvent.class, registry.settings());
            assertThatThrownBy(() -> serde.serializer().prepare("events", PredictionEvent.getClassSchema()))
                    .isInstanceOf(RegistryRefusedException.class);
        }
    }

    @Test
    void shouldSendBasicCredentialsAndShowThemToNobodyElse() {
        try (StubRegistry registry = new StubRegistry(403, "{\"error_code\": 403, \"message\": \"no\"}")) {
            Map<String, Object> settings = registry.settings();
            settings.put("basic.auth.credentials.source", "USER_INFO");
            settings.put("basic.auth.user.info", "anna:secret");

            assertThatThrownBy(() -> read(settings)).message().doesNotContain("secret");
            assertThat(registry.credentials()).containsExactly("Basic YW5uYTpzZWNyZXQ=");
        }
    }

    @Test
    void shouldSendBearerTokens() {
        try (StubRegistry registry = new StubRegistry(404, SCHEMA_NOT_FOUND)) {
            Map<String, Object> settings = registry.settings();
            settings.put("bearer.auth.credentials.source", "STATIC_TOKEN");
            settings.put("bearer.auth.token", "abc");

            assertThatThrownBy(() -> read(settings)).isInstanceOf(UnknownSchemaException.class);
            assertThat(registry.credentials()).containsExactly("Bearer abc");
        }
    }

    @Test
    void shouldShowNoCredentialsOfTheAddress() {
        assertThatThrownBy(() -> read(Map.of("schema.registry.url", "http://anna:secret@localhost:1")))
                .isInstanceOf(RegistryUnavailableException.class)
                .message()
                .contains("http://localhost:1")
                .doesNotContain("secret");
    }

    @Test
    void shouldSayThatSettingsCanNotBeUsed() {
        Map<String, Object> settings = Map.of(
                "schema.registry.url", "https://localhost:1",
                "schema.registry.ssl.truststore.location", "/no/such/file.jks",
                "schema.registry.ssl.truststore.password", "secret");

        assertThatThrownBy(() -> read(settings))
                .isInstanceOf(ConfigException.class)
                .message()
                .contains("/no/such/file.jks")
                .doesNotContain("secret");
    }

    @Test
    void shouldPassTheCheckOfARegistryThatAnswers() throws Exception {
        try (StubRegistry registry = new StubRegistry(404, SCHEMA_NOT_FOUND);
                RegistryClient client = new RegistryClient(registry.settings())) {
            assertThatCode(client::check).doesNotThrowAnyException();
        }
    }

    private static Object read(Map<String, Object> settings) {
        return deserializer(settings).deserialize("t", RECORD_OF_SCHEMA_7);
    }

    private static RegistryDeserializer<PredictionEvent> deserializer(Map<String, Object> settings) {
        RegistryDeserializer<PredictionEvent> deserializer = new RegistryDeserializer<>(PredictionEvent.class);
        deserializer.configure(settings, false);
        return deserializer;
    }
}
