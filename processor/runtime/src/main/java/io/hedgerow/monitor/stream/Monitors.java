package io.hedgerow.monitor.stream;

import io.hedgerow.ExplainedModel;
import io.hedgerow.monitor.ModelMonitor;
import io.hedgerow.monitor.MonitorSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The monitors of all models that were ever explained, kept in a task's store. Belongs to one task. */
final class Monitors {
    private static final Logger LOG = LoggerFactory.getLogger(Monitors.class);
    private static final String KNOWN = "model/";
    private static final String MEMORY = "memory/";

    /** A model, its monitor, and the last window in which it explained something. */
    static final class Monitored {
        private final ModelKey key;
        private final ModelMonitor monitor;
        private long lastSeen;

        private Monitored(ModelKey key, ModelMonitor monitor, long lastSeen) {
            this.key = key;
            this.monitor = monitor;
            this.lastSeen = lastSeen;
        }

        ModelKey key() {
            return key;
        }

        ModelMonitor monitor() {
            return monitor;
        }

        long lastSeen() {
            return lastSeen;
        }
    }

    private final KeyValueStore<String, byte[]> store;
    private final MonitorSettings settings;
    private final Map<String, Monitored> known = new TreeMap<>();

    Monitors(KeyValueStore<String, byte[]> store, MonitorSettings settings) {
        this.store = store;
        this.settings = settings;
        List<byte[]> values = new ArrayList<>();
        try (var all = store.range(KNOWN, KNOWN + "\uffff")) {
            all.forEachRemaining(entry -> values.add(entry.value));
        }
        for (byte[] value : values) {
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
                long lastSeen = in.readLong();
                ModelKey key = PartialCodec.model(in);
                known.put(key.id(), monitored(key, lastSeen));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The monitor of a model; a new one if the model is. */
    Monitored of(ModelKey key) {
        return known.computeIfAbsent(key.id(), id -> {
            LOG.info(
                    "Monitoring of model {} {}, explained by {} {}, begins{}",
                    key.model().getName(),
                    key.model().getVersion(),
                    key.method().getName(),
                    key.method().getVersion(),
                    before(key));
            Monitored monitored = monitored(key, Long.MIN_VALUE);
            keep(monitored);
            return monitored;
        });
    }

    /** What was monitored before that people may take for the same. */
    private String before(ModelKey key) {
        ExplainedModel model = key.model();
        if (known.values().stream().anyMatch(one -> one.key.model().getSha256().equals(model.getSha256()))) {
            return ": it was explained otherwise before, so that its references are learned anew";
        }
        return known.values().stream()
                .map(one -> one.key.model())
                .filter(one -> one.getName().equals(model.getName())
                        && one.getVersion().equals(model.getVersion()))
                .findFirst()
                .map(one -> ": it is another model under the same name and version, SHA-256 " + model.getSha256()
                        + " instead of " + one.getSha256() + ", so that its references are learned anew")
                .orElse("");
    }

    Collection<Monitored> all() {
        return known.values();
    }

    /** Takes note that a model explained something in a window. */
    void seen(Monitored monitored, long window) {
        if (window > monitored.lastSeen) {
            monitored.lastSeen = window;
            keep(monitored);
        }
    }

    /**
     * The monitor that an outcome belongs to: of the models that it may mean the one that explained something last; null if
     * there is none, or if it names no model and there are several.
     */
    @Nullable
    Monitored of(Partial.Became became) {
        List<Monitored> meant = known.values().stream()
                .filter(one -> isMeant(one.key.model(), became))
                .toList();
        if (became.model().isEmpty()
                && meant.stream()
                                .map(one -> one.key.model().getSha256())
                                .distinct()
                                .count()
                        > 1) {
            return null;
        }
        return meant.stream()
                .max(Comparator.comparingLong(Monitored::lastSeen).thenComparing(one -> one.key.id()))
                .orElse(null);
    }

    /** Whether an outcome may be one of a model. */
    static boolean isMeant(ExplainedModel model, Partial.Became became) {
        if (!became.sha256().isEmpty()) {
            return model.getSha256().equals(became.sha256());
        }
        return (became.model().isEmpty() || model.getName().equals(became.model()))
                && (became.version().isEmpty() || model.getVersion().equals(became.version()));
    }

    private Monitored monitored(ModelKey key, long lastSeen) {
        return new Monitored(
                key,
                new ModelMonitor(key.model(), key.method(), settings, new StoreMemory(store, MEMORY + key.id() + "/")),
                lastSeen);
    }

    private void keep(Monitored monitored) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(monitored.lastSeen);
            PartialCodec.model(out, monitored.key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        store.put(KNOWN + monitored.key.id(), bytes.toByteArray());
    }
}
