package io.hedgerow.stream;

import static io.hedgerow.stream.HedgerowTopologyTest.header;
import static io.hedgerow.stream.HedgerowTopologyTest.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.Explanation;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.device.Batched;
import io.hedgerow.device.DeviceTimeoutException;
import io.hedgerow.serde.RegistryUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class FailureTest {
    @Test
    void shouldFailTheTaskNotTheRecordIfTheDeviceHangs() {
        var hung = new AnsweringModel(request -> CompletableFuture.failedFuture(new DeviceTimeoutException("hung")));
        try (var rig = new TopologyRig(TopologyRig.settings(1 << 20), null, hung)) {
            assertThatThrownBy(() -> rig.send("k", Events.event("e")))
                    .isInstanceOf(StreamsException.class)
                    .hasRootCauseInstanceOf(DeviceTimeoutException.class);
            assertThat(rig.deadLetters()).isEmpty();
            assertThat(rig.explanations()).isEmpty();
        }
    }

    @Test
    void shouldFailTheTaskIfTheDeviceNeverAnswers() {
        var silent = new AnsweringModel(request -> new CompletableFuture<>());
        var settings = TopologyRig.settings(1 << 20, Duration.ofMillis(100));
        try (var rig = new TopologyRig(settings, null, silent)) {
            assertThatThrownBy(() -> rig.send("k", Events.event("e")))
                    .hasRootCauseInstanceOf(DeviceTimeoutException.class)
                    .hasRootCauseMessage("no explanation of prediction-events-0@0 within PT0.1S");
            assertThat(rig.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldMakeADeadLetterIfTheModelFailsOnTheImage() {
        var failing = new AnsweringModel(
                request -> CompletableFuture.failedFuture(new IllegalStateException("no such kernel")));
        try (var rig = new TopologyRig(TopologyRig.settings(1 << 20), null, failing)) {
            rig.send("k", Events.event("e"));

            var dead = only(rig.deadLetters());
            assertThat(header(dead, "hedgerow.reason")).isEqualTo("not_explainable");
            assertThat(header(dead, "__streams.errors.message")).contains("no such kernel");
            assertThat(header(dead, "__streams.errors.exception")).isEqualTo("java.lang.IllegalStateException");
        }
    }

    @Test
    void shouldMakeADeadLetterIfTheMapOrAScoreIsNotFinite() {
        assertThat(messageForMapValueAndScore(Float.NaN, 1)).contains("no finite map of class 0");
        assertThat(messageForMapValueAndScore(Float.MAX_VALUE, 1)).contains("no finite map of class 0");
        assertThat(messageForMapValueAndScore(1, Float.POSITIVE_INFINITY))
                .contains("class 0 of this image as Infinity");
    }

    @Test
    void shouldWaitForAnUnreachableRegistry() {
        AtomicInteger attempts = new AtomicInteger();
        try (var rig = new TopologyRig(
                TopologyRig.settings(1 << 20),
                (topic, bytes) -> {
                    if (attempts.incrementAndGet() < 3) {
                        throw new RegistryUnavailableException("down", null);
                    }
                    return Events.event("e");
                },
                null)) {
            rig.send("k", new byte[] {1});

            assertThat(only(rig.explanations()).value().getEventId()).isEqualTo("e");
            assertThat(attempts).hasValue(3);
            assertThat(rig.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldWaitForARegistryThatIsNeededToWrite() {
        AtomicInteger attempts = new AtomicInteger();
        Serializer<Explanation> serializer = (topic, explanation) -> {
            if (attempts.incrementAndGet() < 3) {
                throw new RegistryUnavailableException("down", null);
            }
            return new byte[] {7};
        };
        try (var rig = new TopologyRig(TopologyRig.settings(1 << 20), null, serializer, null)) {
            rig.send("k", Events.event("e"));

            assertThat(rig.count("explained", "none")).isEqualTo(1);
            assertThat(attempts).hasValue(3);
            assertThat(rig.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldMakeADeadLetterIfTheExplanationCannotBeWritten() {
        Serializer<Explanation> serializer = (topic, explanation) -> {
            throw new SerializationException("no such field");
        };
        try (var rig = new TopologyRig(TopologyRig.settings(1 << 20), null, serializer, null)) {
            rig.send("k", Events.event("e"));

            var dead = only(rig.deadLetters());
            assertThat(header(dead, "hedgerow.reason")).isEqualTo("not_explainable");
            assertThat(header(dead, "__streams.errors.message")).isEqualTo("no such field");
        }
    }

    @Test
    void shouldMakeADeadLetterIfTheModelAnswersNonsense() {
        Function<AttributionRequest, CompletableFuture<Batched<Attribution>>> answer = request -> {
            float[] scores = {1};
            return CompletableFuture.completedFuture(new Batched<>(
                    new Attribution(scores, scores, new int[] {3}, new float[1][48], 8, 6, MapTransform.IDENTITY),
                    1,
                    0,
                    0,
                    0));
        };
        try (var rig = new TopologyRig(TopologyRig.settings(1 << 20), null, new AnsweringModel(answer))) {
            rig.send("k", Events.event("e"));

            var dead = only(rig.deadLetters());
            assertThat(header(dead, "hedgerow.reason")).isEqualTo("not_explainable");
            assertThat(header(dead, "__streams.errors.message")).contains("the explanation can't be made");
        }
    }

    @Test
    void shouldFailTheTaskIfTheRegistryStaysUnreachable() {
        try (var rig = new TopologyRig(
                TopologyRig.settings(1 << 20),
                (topic, bytes) -> {
                    throw new RegistryUnavailableException("down", null);
                },
                null)) {
            assertThatThrownBy(() -> rig.send("k", new byte[] {1}))
                    .isInstanceOf(StreamsException.class)
                    .hasRootCauseInstanceOf(RegistryUnavailableException.class);
            assertThat(rig.deadLetters()).isEmpty();
        }
    }

    private static String messageForMapValueAndScore(float value, float score) {
        Function<AttributionRequest, CompletableFuture<Batched<Attribution>>> answer = request -> {
            float[][] maps = new float[1][48];
            maps[0][7] = value;
            maps[0][8] = value;
            float[] scores = {score, 0, 0, 0};
            return CompletableFuture.completedFuture(new Batched<>(
                    new Attribution(scores, scores, new int[] {0}, maps, 8, 6, MapTransform.IDENTITY), 1, 0, 0, 0));
        };
        try (var rig = new TopologyRig(TopologyRig.settings(1 << 20), null, new AnsweringModel(answer))) {
            rig.send("k", Events.event("e"));

            var dead = only(rig.deadLetters());
            assertThat(header(dead, "hedgerow.reason")).isEqualTo("not_explainable");
            return header(dead, "__streams.errors.message");
        }
    }
}
