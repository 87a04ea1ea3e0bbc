package io.hedgerow.monitor.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.AuditEntry;
import io.hedgerow.AuditStatus;
import io.hedgerow.AuditedModel;
import io.hedgerow.Explanation;
import io.hedgerow.Prediction;
import io.hedgerow.Profile;
import io.hedgerow.RecordInput;
import io.hedgerow.monitor.MonitorSettings;
import io.hedgerow.monitor.profile.Grid;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.topics.MonitorTopics;
import io.hedgerow.topics.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MonitorTopologyTest {
    private static final Map<String, String> REGISTRY = Map.of("schema.registry.url", "mock://monitor-topology");
    private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");
    private static final Topics WITH_AUDIT = new Topics(
            "prediction-events", "explanations", "explanations-dlq", "explanations-audit", "explanations-checkpoints");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TopologyTestDriver driver;
    private TestOutputTopic<String, Profile> profiles;

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldMakeProfilesOfWhatWasExplained() {
        start(WITH_AUDIT);
        explain("a", 0, "scratch");
        explain("b", 1, "scratch");
        explain("c", 2, "stain");
        account("a", 0, AuditStatus.EXPLAINED, 1);
        account("d", 1, AuditStatus.FAILED, 1);
        pipe("explanations", new byte[] {7, 7, 7});
        pipe("explanations-audit", null);
        explain("later", 20, "scratch");
        account("later", 20, AuditStatus.EXPLAINED, 1);

        List<Profile> written = profiles.readValuesToList();
        assertThat(written).extracting(Profile::getClassIndex).containsExactly(-1, 1, 3);
        assertThat(written).extracting(Profile::getMaps).containsExactly(3L, 2L, 1L);
        assertThat(written).extracting(Profile::getLabel).containsExactly("", "scratch", "stain");
        Profile whole = written.get(0);
        assertThat(whole.getOutcomes().getExplained()).isEqualTo(1);
        assertThat(whole.getOutcomes().getFailed()).isEqualTo(1);
        assertThat(whole.getWindowStart()).isEqualTo(START);
        assertThat(whole.getConfidences().get(25)).as("probability 0.8").isEqualTo(3);
        assertThat(whole.getExamples()).hasSize(3);
        assertThat(meters.get("hedgerow.monitor.unreadable").counter().count()).isEqualTo(1);
    }

    @Test
    void shouldCountFailuresByDeadLettersWithoutAnAuditTrail() {
        start(Topics.DEFAULT);
        explain("a", 0, "scratch");
        explain("b", 1, "scratch");
        pipe("explanations-dlq", new byte[] {1, 2, 3});
        explain("later", 20, "scratch");

        Profile whole = profiles.readValuesToList().get(0);
        assertThat(whole.getOutcomes().getExplained()).isEqualTo(2);
        assertThat(whole.getOutcomes().getAgrees()).isEqualTo(2);
        assertThat(whole.getOutcomes().getFailed()).isEqualTo(1);
    }

    @Test
    void shouldLookAtTheMapOfTheClassThatWasDecidedOnly() {
        start(Topics.DEFAULT);
        Explanation other = explanation("a", 0, "scratch");
        other.getPrediction().setReplayed(new Prediction(3, "stain", 0.9f));
        pipe("explanations", value(Explanation.class, "explanations", other));
        explain("b", 1, "scratch");
        explain("later", 20, "scratch");

        Profile whole = profiles.readValuesToList().get(0);
        assertThat(whole.getMaps()).isEqualTo(1);
        assertThat(whole.getOutcomes().getExplained()).isEqualTo(2);
    }

    private void start(Topics topics) {
        Clock clock = Clock.systemUTC();
        driver = new TopologyTestDriver(
                new MonitorTopology(
                                MonitorInputs.of(topics, MonitorTopics.DEFAULT),
                                MonitorSettings.usual(),
                                new MonitorSerdes(REGISTRY),
                                Pictures::none,
                                new MonitorMeters(meters, clock),
                                clock)
                        .topology(),
                new Properties());
        profiles = driver.createOutputTopic(
                "explanations-profiles",
                new StringDeserializer(),
                RegistrySerde.of(Profile.class, REGISTRY).deserializer());
        driver.advanceWallClockTime(Duration.ofSeconds(5));
    }

    private void explain(String id, int second, String label) {
        pipe("explanations", value(Explanation.class, "explanations", explanation(id, second, label)));
    }

    private void account(String id, int second, AuditStatus status, int classIndex) {
        AuditEntry entry = AuditEntry.newBuilder()
                .setIndex(0)
                .setPreviousLeaf("")
                .setRecordedAt(START.plusSeconds(second).plusMillis(300))
                .setInputs(List.of(new RecordInput("prediction-events", 0, 1L)))
                .setStatus(status)
                .setEventId(id)
                .setEventTime(START.plusSeconds(second))
                .setModel(new AuditedModel("surface", "1", null))
                .setLogged(new Prediction(classIndex, "", 0.8f))
                .build();
        pipe("explanations-audit", value(AuditEntry.class, "explanations-audit", entry));
    }

    private void pipe(String topic, byte[] value) {
        TestInputTopic<byte[], byte[]> input =
                driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
        input.pipeInput(null, value, START.toEpochMilli());
    }

    private static <T extends SpecificRecordBase> byte[] value(Class<T> type, String topic, T record) {
        try (RegistrySerde<T> serde = RegistrySerde.of(type, REGISTRY)) {
            return serde.serializer().serialize(topic, record);
        }
    }

    private static Explanation explanation(String id, int second, String label) {
        double[] map = new double[Grid.CELLS];
        map[5 * Grid.SIDE + 5] = 1;
        return Explanations.explanation(
                id, START.plusSeconds(second), label, Grid.of(map), new RecordInput("prediction-events", 0, (long)
                        second));
    }
}
