package io.hedgerow.serde;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.ParsedSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaMetadata;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The registry, by Confluent's own client: the only file that knows it. That client is not on Maven Central by itself; it is
 * there inside Flink's {@code flink-sql-avro-confluent-registry}, under another package name and together with an Avro of
 * its own, which is why schemas cross as text. Safe for use by several threads.
 */
public final class RegistryClient implements AutoCloseable {
    private static final int SCHEMAS_CACHED = 1000;
    private static final int NO_SUCH_ID = Integer.MAX_VALUE;

    private interface Request<T> {
        T send() throws IOException, RestClientException;
    }

    private final RegistrySettings settings;
    private final SchemaRegistryClient client;
    private final String where;

    /**
     * Opens nothing yet.
     *
     * @param settings under Confluent's names; {@code schema.registry.url} is needed
     * @throws ConfigException if a setting is missing or makes no sense
     */
    public RegistryClient(Map<String, ?> settings) {
        this(new RegistrySettings(settings, false));
    }

    RegistryClient(RegistrySettings settings) {
        this.settings = settings;
        where = "the schema registry at "
                + settings.urls().stream().map(RegistryClient::withoutUserInfo).collect(Collectors.joining(", "));
        try {
            client = SchemaRegistryClientFactory.newClient(
                    settings.urls(), SCHEMAS_CACHED, List.of(new AvroSchemaProvider()), settings.forClient(), Map.of());
        } catch (RuntimeException e) {
            throw new ConfigException(
                    "The settings for " + where + " can't be used: " + rootOf(e).getMessage());
        }
    }

    /**
     * Asks the registry something small, to see that it is there and lets us in.
     *
     * @throws RegistryUnavailableException if it can't be reached
     * @throws RegistryRefusedException if it doesn't let us in
     */
    public void check() {
        try {
            schema(NO_SUCH_ID);
        } catch (UnknownSchemaException expected) {
            // An answer, and the right one.
        }
    }

    /** The schema that the registry has under {@code id}. */
    Schema schema(int id) {
        ParsedSchema schema;
        try {
            schema = client.getSchemaById(id);
        } catch (RestClientException e) {
            if (isUnknown(e)) {
                throw new UnknownSchemaException("Schema id " + id + " is unknown to " + where, e);
            }
            throw failure("asked for schema id " + id, e);
        } catch (IOException e) {
            // The client's way of saying that the schema is Protobuf, JSON or one that Avro does not parse.
            if (String.valueOf(e.getMessage()).startsWith("Invalid schema")) {
                throw new UnknownSchemaException("Schema id " + id + " of " + where + " is no valid Avro schema", e);
            }
            throw unreachable(e);
        }
        return parse(((AvroSchema) schema).rawSchema().toString());
    }

    /** The id under which records of {@code schema} are written for {@code subject}; registers it if settings allow. */
    int id(String subject, Schema schema) {
        if (settings.useLatest()) {
            return latestId(subject, schema);
        }
        if (settings.autoRegister()) {
            return register(subject, schema);
        }
        return find(subject, schema).orElseThrow(() -> unregistered(subject, schema, null));
    }

    /** Registers the published form of {@code schema}; returns its id. */
    int register(String subject, Schema schema) {
        return ask(
                subject,
                schema,
                () -> client.register(subject, new AvroSchema(PublishedSchema.json(schema)), settings.normalize()));
    }

    /** The id of {@code schema} under {@code subject}, in the form that is published or that 0.1.0 registered. */
    OptionalInt find(String subject, Schema schema) {
        List<String> forms = List.of(PublishedSchema.json(schema), schema.toString());
        // Who registered it may not have asked for normalisation, and then it isn't found by its normal form.
        List<Boolean> normalizations = settings.normalize() ? List.of(true, false) : List.of(false);
        for (boolean normalize : normalizations) {
            for (String form : forms) {
                OptionalInt found = ask(subject, schema, () -> lookUp(subject, form, normalize));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return OptionalInt.empty();
    }

    private OptionalInt lookUp(String subject, String form, boolean normalize) throws IOException, RestClientException {
        try {
            return OptionalInt.of(client.getId(subject, new AvroSchema(form), normalize));
        } catch (RestClientException e) {
            if (isUnknown(e)) {
                return OptionalInt.empty();
            }
            throw e;
        }
    }

    private int latestId(String subject, Schema schema) {
        SchemaMetadata latest = ask(subject, schema, () -> client.getLatestSchemaMetadata(subject));
        // By its id, for a schema may refer to others.
        if (!SchemaNormalization.toParsingForm(schema(latest.getId()))
                .equals(SchemaNormalization.toParsingForm(schema))) {
            throw new RegistryRefusedException("use.latest.version is set, but version " + latest.getVersion()
                    + " of subject '" + subject + "' in " + where + " is not the " + schema.getFullName()
                    + " that this program writes");
        }
        return latest.getId();
    }

    private <T> T ask(String subject, Schema schema, Request<T> request) {
        try {
            return request.send();
        } catch (RestClientException e) {
            if (isUnknown(e)) {
                throw unregistered(subject, schema, e);
            }
            throw failure("given schema " + schema.getFullName() + " for subject '" + subject + "'", e);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private RegistryRefusedException unregistered(String subject, Schema schema, @Nullable Throwable cause) {
        return new RegistryRefusedException(
                schema.getFullName() + " in this version is not registered under subject '" + subject + "' in " + where
                        + ": register it, as `hedgerow schemas register` does, or set auto.register.schemas",
                cause);
    }

    private static Schema parse(String schema) {
        return new Schema.Parser().setValidateDefaults(false).parse(schema);
    }

    /** Confluent's codes for a missing schema, subject and version. A bare 404 without one comes from something else. */
    private static boolean isUnknown(RestClientException e) {
        return e.getErrorCode() / 100 == 404 || e.getErrorCode() == 404;
    }

    private RuntimeException failure(String request, RestClientException e) {
        String message = where + ", " + request + ", answered " + e.getStatus() + ": " + e.getMessage();
        return e.getStatus() >= 500 || e.getStatus() == 429 || e.getStatus() == 408
                ? new RegistryUnavailableException(message, e)
                : new RegistryRefusedException(message, e);
    }

    private RegistryUnavailableException unreachable(IOException e) {
        return new RegistryUnavailableException(where + " can't be reached: " + e, e);
    }

    private static Throwable rootOf(Throwable error) {
        Throwable cause = error.getCause();
        return cause == null ? error : rootOf(cause);
    }

    private static String withoutUserInfo(String url) {
        return url.replaceFirst("//[^/@]*@", "//");
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
