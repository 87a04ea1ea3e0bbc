package io.hedgerow.serde;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** The serde's settings under Confluent's names. What is not named here (credentials, TLS, proxy) goes to the client as it is. */
final class RegistrySettings {
    private static final String URL = "schema.registry.url";
    private static final String AUTO_REGISTER = "auto.register.schemas";
    private static final String USE_LATEST = "use.latest.version";
    private static final String NORMALIZE = "normalize.schemas";
    private static final String KEY_STRATEGY = "key.subject.name.strategy";
    private static final String VALUE_STRATEGY = "value.subject.name.strategy";

    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    URL,
                    ConfigDef.Type.LIST,
                    Importance.HIGH,
                    "Addresses of the registry; mock://NAME keeps schemas in this process.")
            .define(
                    AUTO_REGISTER,
                    ConfigDef.Type.BOOLEAN,
                    true,
                    Importance.MEDIUM,
                    "Register a schema when it is first written.")
            .define(
                    USE_LATEST,
                    ConfigDef.Type.BOOLEAN,
                    false,
                    Importance.LOW,
                    "Write with the subject's latest version.")
            .define(NORMALIZE, ConfigDef.Type.BOOLEAN, false, Importance.LOW, "Have the registry normalise schemas.")
            .define(
                    KEY_STRATEGY,
                    ConfigDef.Type.STRING,
                    "TopicNameStrategy",
                    Importance.LOW,
                    "Names the subject of keys.")
            .define(
                    VALUE_STRATEGY,
                    ConfigDef.Type.STRING,
                    "TopicNameStrategy",
                    Importance.LOW,
                    "Names the subject of values.")
            // The client wants these as numbers, waits a minute by default and would ask anew for every record whose
            // schema is missing.
            .define("http.connect.timeout.ms", ConfigDef.Type.INT, 5_000, Importance.LOW, "Time to connect.")
            .define("http.read.timeout.ms", ConfigDef.Type.INT, 10_000, Importance.LOW, "Time to answer.")
            .define("missing.cache.size", ConfigDef.Type.INT, 1_000, Importance.LOW, "Missing schemas remembered.")
            .define("missing.id.cache.ttl.sec", ConfigDef.Type.LONG, 10L, Importance.LOW, "For how long, by id.")
            .define("missing.version.cache.ttl.sec", ConfigDef.Type.LONG, 0L, Importance.LOW, "By version.")
            .define("missing.schema.cache.ttl.sec", ConfigDef.Type.LONG, 0L, Importance.LOW, "By schema.")
            .define(
                    "bearer.auth.cache.expiry.buffer.seconds",
                    ConfigDef.Type.SHORT,
                    (short) 300,
                    Importance.LOW,
                    "How long before its end a token is renewed.");

    private final AbstractConfig config;
    private final SubjectNames subjectNames;

    RegistrySettings(Map<String, ?> values, boolean isKey) {
        config = new AbstractConfig(DEFINITION, values, false);
        String strategyKey = isKey ? KEY_STRATEGY : VALUE_STRATEGY;
        subjectNames = SubjectNames.of(strategyKey, config.getString(strategyKey));
    }

    List<String> urls() {
        return config.getList(URL);
    }

    boolean autoRegister() {
        return config.getBoolean(AUTO_REGISTER);
    }

    boolean useLatest() {
        return config.getBoolean(USE_LATEST);
    }

    boolean normalize() {
        return config.getBoolean(NORMALIZE);
    }

    SubjectNames subjectNames() {
        return subjectNames;
    }

    /** All settings as given, the numbers among them as numbers. Holds secrets: not to be printed. */
    Map<String, Object> forClient() {
        Map<String, Object> values = new HashMap<>(config.originals());
        values.putAll(config.values());
        return values;
    }
}
