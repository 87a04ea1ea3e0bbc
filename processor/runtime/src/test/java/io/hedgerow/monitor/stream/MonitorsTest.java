package io.hedgerow.monitor.stream;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.hedgerow.Agreement;
import io.hedgerow.AuditStatus;
import io.hedgerow.ExplainedModel;
import io.hedgerow.Method;
import io.hedgerow.Precision;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MonitorsTest {
    private static final String BEFORE = "ab".repeat(32);
    private static final String AFTER = "cd".repeat(32);

    private final Logger logger = (Logger) LoggerFactory.getLogger(Monitors.class);
    private final Level level = logger.getLevel();
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final MockProcessorContext<String, Outgoing> context = new MockProcessorContext<>();
    private final KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("state"), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();

    @BeforeEach
    void listen() {
        store.init(context.getStateStoreContext(), store);
        logger.setLevel(Level.INFO);
        said.start();
        logger.addAppender(said);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(said);
        logger.setLevel(level);
    }

    @Test
    void shouldTellAModelThatWasSwappedUnderItsNameAndVersionFromTheOneBefore() {
        Monitors monitors = new Monitors(store, MergeRig.settings());
        Monitors.Monitored before = monitors.of(model(BEFORE, "1"));
        monitors.seen(before, 10_000);
        Monitors restarted = new Monitors(store, MergeRig.settings());

        Monitors.Monitored after = restarted.of(model(AFTER, "1"));

        assertThat(said.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "Monitoring of model surface 1, explained by gradient-hedging 1, begins",
                        "Monitoring of model surface 1, explained by gradient-hedging 1, begins: it is another model under"
                                + " the same name and version, SHA-256 " + AFTER + " instead of " + BEFORE
                                + ", so that its references are learned anew");
        assertThat(restarted.all())
                .extracting(one -> one.key().model().getSha256())
                .containsExactlyInAnyOrder(BEFORE, AFTER);
        assertThat(restarted.of(model(BEFORE, "1")).monitor()).isNotSameAs(after.monitor());
        assertThat(said.list).as("said once").hasSize(2);
        restarted.seen(after, 20_000);
        assertThat(restarted.of(
                        new Partial.Became("surface", "1", "", 0, AuditStatus.FAILED, Agreement.UNKNOWN, 1, -1)))
                .as("what names no digest is the later one's")
                .isSameAs(after);
        assertThat(restarted
                        .of(new Partial.Became(
                                "surface", "1", BEFORE, 0, AuditStatus.EXPLAINED, Agreement.AGREES, 1, 40))
                        .key()
                        .model()
                        .getSha256())
                .isEqualTo(BEFORE);
    }

    @Test
    void shouldSayThatAModelIsExplainedOtherwiseThanBefore() {
        Monitors monitors = new Monitors(store, MergeRig.settings());
        monitors.of(model(BEFORE, "1"));

        monitors.of(model(BEFORE, "2"));

        assertThat(said.list.get(1).getFormattedMessage())
                .isEqualTo("Monitoring of model surface 1, explained by gradient-hedging 2, begins: it was explained"
                        + " otherwise before, so that its references are learned anew");
    }

    private static ModelKey model(String sha256, String methodVersion) {
        return ModelKey.of(
                new ExplainedModel("surface", "1", sha256),
                new Method("gradient-hedging", methodVersion, 2f, "conv5", Precision.FLOAT32, Map.of()));
    }
}
