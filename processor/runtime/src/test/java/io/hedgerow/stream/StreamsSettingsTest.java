package io.hedgerow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.models.ModelTable;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.topics.RecordLimits;
import io.hedgerow.topics.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {
    private static final Map<String, Object> REGISTRY = Map.of("schema.registry.url", "mock://settings");
    private static final ReadAheadPlan PLAN = new ReadAheadPlan(3, 48, 40, 2_000_000, 5_000_000);

    private final HedgerowTopology topology = topology(Topics.DEFAULT);

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void shouldFollowThePlanAndGuaranteeExactlyOnce() {
        assertThat(settings(Map.of()))
                .containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("group.protocol", "classic")
                .containsEntry("task.assignor.class", "io.hedgerow.stream.DeviceTaskAssignor")
                .containsEntry("client.tag.devices", "1")
                .containsEntry("num.stream.threads", 3)
                .containsEntry("buffered.records.per.partition", 40)
                .containsEntry("main.consumer.max.poll.records", 48)
                .containsEntry("main.consumer.max.partition.fetch.bytes", 2_000_000)
                .containsEntry("main.consumer.fetch.max.bytes", 5_000_000)
                .containsEntry("producer.max.request.size", 1 << 20);
    }

    @Test
    void shouldHaveTheProducerTakeTheLargestRecordOfAnyOutput() {
        for (RecordLimits limits :
                List.of(new RecordLimits(1 << 20, 21_000_000), new RecordLimits(21_000_000, 1 << 20))) {
            try (HedgerowTopology large = topology(Topics.DEFAULT, limits)) {
                assertThat(StreamsSettings.of(kafka(Map.of()), PLAN, large))
                        .containsEntry("producer.max.request.size", 21_000_000)
                        .containsEntry("producer.buffer.memory", 42_000_000L);
            }
        }
    }

    @Test
    void shouldLetTheUserHaveTheLastWordOnWhatIsARecommendation() {
        assertThat(settings(Map.of("main.consumer.max.poll.records", "7", "commit.interval.ms", "250")))
                .containsEntry("main.consumer.max.poll.records", "7")
                .containsEntry("commit.interval.ms", "250");
    }

    @Test
    void shouldShowTheTopologyInClientIds() {
        String own = (String) settings(Map.of("client.id", "mine")).get("client.id");
        String derived = (String) settings(Map.of()).get("client.id");

        assertThat(own).matches("mine-t[0-9a-f]{8}");
        assertThat(derived).matches("test-[0-9a-f-]{36}-t[0-9a-f]{8}").endsWith(own.substring("mine".length()));
        try (HedgerowTopology other = topology(new Topics("prediction-events", "others", "explanations-dlq"))) {
            assertThat(PeerCheck.clientId("mine", other)).isNotEqualTo(own);
        }
        try (HedgerowTopology same = topology(Topics.DEFAULT)) {
            assertThat(PeerCheck.clientId("mine", same)).isEqualTo(own);
        }
    }

    @Test
    void shouldLetTheUserHaveTheLastWordByAnyOfKafkasNames() {
        Map<String, Object> own = Map.of(
                "max.poll.records", "7",
                "consumer.fetch.max.bytes", "1000000",
                "main.consumer.max.partition.fetch.bytes", "500000",
                "buffered.records.per.partition", "3",
                "num.stream.threads", "5",
                "batch.size", "1000");

        assertThat(StreamsSettings.effective(kafka(own), PLAN, topology))
                .isEqualTo(new ReadAheadPlan(5, 7, 3, 500_000, 1_000_000));
        assertThat(new StreamsConfig(settings(own)).getProducerConfigs("client"))
                .containsEntry("batch.size", "1000");
    }

    @Test
    void shouldRefuseToGiveUpAGuarantee() {
        assertThatThrownBy(() -> settings(Map.of("processing.guarantee", "at_least_once")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("at_least_once")
                .hasMessageContaining("processing.guarantee");
        assertThatThrownBy(() -> settings(Map.of("group.protocol", "streams"))).isInstanceOf(ConfigException.class);
    }

    @Test
    void shouldPutTheLookAheadBeforeTheUsersInterceptors() {
        assertThat(settings(Map.of("main.consumer.interceptor.classes", "a.B, c.D")))
                .containsEntry(
                        "main.consumer.interceptor.classes",
                        List.of("io.hedgerow.stream.LookAheadInterceptor", "a.B", "c.D"));
    }

    @Test
    void shouldHandTheLookAheadItselfToTheMainConsumerOnly() {
        StreamsConfig config = new StreamsConfig(settings(Map.of()));

        assertThat(config.getMainConsumerConfigs("group", "client", 0))
                .containsEntry("hedgerow.look-ahead", topology.lookAhead());
        assertThat(config.getRestoreConsumerConfigs("client"))
                .doesNotContainKey("hedgerow.look-ahead")
                .doesNotContainKey("interceptor.classes");
    }

    @Test
    void shouldPlanToDrainWhatIsPolledInTwoSecondsAndStillFillBatches() {
        // 20 images a second and two threads: 20 records a thread, in whole batches if it can be.
        assertThat(ReadAheadPlan.derive(2, 10, 20, 1 << 30).maxPollRecords()).isEqualTo(20);
        assertThat(ReadAheadPlan.derive(2, 8, 20, 1 << 30).maxPollRecords()).isEqualTo(16);
        assertThat(ReadAheadPlan.derive(2, 8, 100, 1 << 30).maxPollRecords()).isEqualTo(96);
        assertThat(ReadAheadPlan.derive(2, 64, 40, 1 << 30).maxPollRecords()).isEqualTo(40);
        assertThat(ReadAheadPlan.derive(2, 50, 10_000, 1 << 30).maxPollRecords())
                .isEqualTo(500);
        assertThat(ReadAheadPlan.derive(8, 8, 0.1, 1 << 30).maxPollRecords()).isEqualTo(1);
    }

    @Test
    void shouldPlanFetchesWithinTheMemoryForEncodedImages() {
        assertThat(ReadAheadPlan.derive(4, 8, 100, 64 << 20).fetchMaxBytes()).isEqualTo(8 << 20);
        assertThat(ReadAheadPlan.derive(4, 8, 100, 1).fetchMaxBytes()).isEqualTo(1 << 20);
        assertThat(ReadAheadPlan.derive(1, 8, 100, 1L << 40).fetchMaxBytes()).isEqualTo(50 << 20);
    }

    @Test
    void shouldBufferNoMoreThanFitsIntoMemory() {
        long budget = 256L << 20;
        for (int partitions : new int[] {1, 4, 7, 64}) {
            for (long recordBytes : new long[] {1, 150_000, 2_000_000, 20_000_000}) {
                for (int threads : new int[] {1, 2, 8}) {
                    ReadAheadPlan plan =
                            ReadAheadPlan.derive(threads, 32, 300, budget).within(budget, partitions, recordBytes);
                    int mine = (partitions + threads - 1) / threads;
                    long records = plan.maxPollRecords() + (long) mine * plan.bufferedRecordsPerPartition();
                    assertThat(plan.maxPollRecords()).isPositive();
                    assertThat(plan.bufferedRecordsPerPartition()).isPositive();
                    assertThat(records).isLessThanOrEqualTo(Math.max(mine + 1, budget / threads / 2 / recordBytes));
                }
            }
        }
    }

    @Test
    void shouldLeaveThePartOfThreadsWithoutAPartitionToTheOthers() {
        ReadAheadPlan plan = ReadAheadPlan.derive(4, 10, 100, 256 << 20);

        assertThat(plan.maxPollRecords()).isEqualTo(50);
        assertThat(plan.within(256 << 20, 1, 1000).maxPollRecords()).isEqualTo(200);
        assertThat(plan.within(256 << 20, 2, 1000).maxPollRecords()).isEqualTo(100);
    }

    @Test
    void shouldKeepThePlanWhereRecordsAreSmall() {
        ReadAheadPlan plan = ReadAheadPlan.derive(2, 32, 100, 256 << 20);

        assertThat(plan.within(256 << 20, 4, 150_000)).isEqualTo(plan);
    }

    private static HedgerowTopology topology(Topics topics) {
        return topology(topics, RecordLimits.DEFAULT);
    }

    private static HedgerowTopology topology(Topics topics, RecordLimits limits) {
        return new HedgerowTopology(
                new TopologySettings(topics, limits, ExplainSettings.DEFAULT, "test"),
                List.of(new ModelTable("cpu", List.of())),
                new ImageDecoder(),
                RegistrySerde.of(PredictionEvent.class, REGISTRY).deserializer(),
                RegistrySerde.of(Explanation.class, REGISTRY).serializer(),
                new SimpleMeterRegistry());
    }

    private Map<String, Object> settings(Map<String, Object> own) {
        return StreamsSettings.of(kafka(own), PLAN, topology);
    }

    private static Map<String, Object> kafka(Map<String, Object> own) {
        Map<String, Object> kafka = new HashMap<>(own);
        kafka.put("application.id", "test");
        kafka.put("bootstrap.servers", "none:1");
        return kafka;
    }
}
