package io.hedgerow.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.Agreement;
import io.hedgerow.ClassExplanation;
import io.hedgerow.EncodedImage;
import io.hedgerow.Explanation;
import io.hedgerow.ModelRef;
import io.hedgerow.Prediction;
import io.hedgerow.PredictionEvent;
import io.hedgerow.RecordInput;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.device.Batched;
import io.hedgerow.digest.Sha256;
import io.hedgerow.topics.RecordLimits;
import io.hedgerow.topics.Topics;
import io.micrometer.core.instrument.Counter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

public class HedgerowTopologyTest {
    private final TopologyRig rig = new TopologyRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void shouldExplainThePredictedClass() {
        var event = Events.event("e1");
        event.setPredictions(List.of(new Prediction(1, "band 1", 0.9f)));
        rig.send("part-7", event);

        TestRecord<String, Explanation> record = only(rig.explanations());
        Explanation explanation = record.value();
        assertThat(record.key()).isEqualTo("part-7");
        assertThat(record.getRecordTime()).isEqualTo(TopologyRig.RECORD_TIME);
        assertThat(explanation.getEventId()).isEqualTo("e1");
        assertThat(explanation.getTime()).isEqualTo(event.getTime());
        assertThat(explanation.getSource()).isEqualTo("camera-1");
        assertThat(explanation.getModel().getName()).isEqualTo(Events.MODEL);
        assertThat(explanation.getDevice()).isEqualTo("simulated:0");
        assertThat(explanation.getSoftwareVersion()).isEqualTo("test");
        assertThat(explanation.getInputs()).containsExactly(new RecordInput("prediction-events", 0, 0L));
        assertThat(explanation.getTimings().getBatchSize()).isEqualTo(1);
        assertThat(explanation.getImage().getWidth()).isEqualTo(6);
        assertThat(explanation.getImage().getHeight()).isEqualTo(8);
        assertThat(only(explanation.getClasses()).getClassIndex()).isEqualTo(1);
        assertThat(rig.deadLetters()).isEmpty();
    }

    @Test
    void shouldHandAttributesOn() {
        var event = Events.event("e");
        event.setAttributes(Map.of("shift", "night", "line", "2"));
        rig.send("k", event);

        assertThat(only(rig.explanations()).value().getAttributes())
                .containsExactlyInAnyOrderEntriesOf(Map.of("shift", "night", "line", "2"));
    }

    @Test
    void shouldLookUpAClassThatIsNamedByItsLabelAlone() {
        var event = Events.event("e");
        event.setPredictions(List.of(new Prediction(-1, "band 2", 18f), new Prediction(0, "band 0", 6f)));
        rig.send("k", event);

        Explanation explanation = only(rig.explanations()).value();
        assertThat(only(explanation.getClasses()).getClassIndex()).isEqualTo(2);
        assertThat(explanation.getPrediction().getLogged()).isEqualTo(new Prediction(2, "band 2", 18f));
        assertThat(explanation.getPrediction().getAgreement()).isEqualTo(Agreement.AGREES);
    }

    @Test
    void shouldTakeTheLabelForAClassWhoseIndexWasLeftOut() {
        Prediction written =
                Prediction.newBuilder().setLabel("band 1").setScore(6f).build();
        assertThat(written.getClassIndex()).isEqualTo(-1);
        var event = Events.event("e");
        event.setPredictions(List.of(written));
        rig.send("k", event);

        assertThat(only(rig.explanations()).value().getPrediction().getAgreement())
                .isEqualTo(Agreement.CLASS_DIFFERS);
    }

    @Test
    void shouldExplainTheTopClassIfNoneWasLogged() {
        rig.send("k", Events.event("e", 3, 0));

        Explanation explanation = only(rig.explanations()).value();
        ClassExplanation explained = only(explanation.getClasses());
        assertThat(explained.getClassIndex()).isEqualTo(3);
        assertThat(explained.getLabel()).isEqualTo("band 3");
        assertThat(explained.getScore()).isEqualTo(12);
        assertThat(explanation.getPrediction().getAgreement()).isEqualTo(Agreement.NOT_LOGGED);
        assertThat(explanation.getPrediction().getReplayed().getClassIndex()).isEqualTo(3);
    }

    @Test
    void shouldKeepTheClassesInTheOrderAskedFor() {
        var event = Events.event("e");
        event.setClasses(List.of(3, 0, 2));
        rig.send("k", event);

        assertThat(only(rig.explanations()).value().getClasses())
                .extracting(ClassExplanation::getClassIndex)
                .containsExactly(3, 0, 2);
    }

    @Test
    void shouldGiveTheMapInImageCoordinates() {
        rig.send("k", Events.event("e", 2, 0));

        var map = only(only(rig.explanations()).value().getClasses()).getMap();
        byte[] values = new byte[48];
        map.getValues().get(values);
        for (int cell = 0; cell < values.length; cell++) {
            assertThat(values[cell] * map.getScale()).isEqualTo(cell / 6 / 2 == 2 ? 1f : 0f);
        }
        assertThat(map.getHeight()).isEqualTo(8);
        assertThat(map.getWidth()).isEqualTo(6);
        assertThat(map.getCoarsening()).isEqualTo(1);
        assertThat(map.getTransform()).isEqualTo(new io.hedgerow.MapTransform(1.0, 0.0, 1.0, 0.0));
    }

    @Test
    void shouldProjectTheMapOntoAnEncodedImage() {
        var event = Events.event("e");
        byte[] file = BadInputTest.picture("png");
        event.setImage(new EncodedImage(ByteBuffer.wrap(file), "image/png"));
        rig.send("k", event);

        Explanation explanation = only(rig.explanations()).value();
        assertThat(explanation.getImage().getWidth()).isEqualTo(40);
        assertThat(explanation.getImage().getHeight()).isEqualTo(30);
        assertThat(explanation.getImage().getSha256()).isEqualTo(Sha256.hex(file));
        // 6 columns and 8 rows are stretched over 40 x 30 pixels.
        assertThat(only(explanation.getClasses()).getMap().getTransform())
                .isEqualTo(new io.hedgerow.MapTransform(40 / 6.0, 0.0, 30 / 8.0, 0.0));
    }

    @Test
    void shouldPlaceAMapOfTheTensorsPartThatTheModelSees() {
        float[] scores = new float[Events.CLASSES];
        var attribution = new Attribution(
                scores, scores, new int[] {0}, new float[][] {new float[12]}, 4, 3, new MapTransform(1, 2, 1.5, 1));
        var halving = new AnsweringModel(
                request -> CompletableFuture.completedFuture(new Batched<>(attribution, 1, 0, 0, 0)));
        try (var coarse = new TopologyRig(TopologyRig.settings(1 << 20), null, halving)) {
            coarse.send("k", Events.event("e"));

            // 3 columns and 4 rows over pixels 2 to 5 and 1 to 7.
            assertThat(only(only(coarse.explanations()).value().getClasses())
                            .getMap()
                            .getTransform())
                    .isEqualTo(new io.hedgerow.MapTransform(1.0, 2.0, 1.5, 1.0));
        }
    }

    @Test
    void shouldExplainByTheMethodThatAnEventNamesAndSayWhich() {
        List<String> asked = new ArrayList<>();
        var model = new AnsweringModel(request -> {
            asked.add(request.method());
            float[] scores = new float[Events.CLASSES];
            Attribution attribution =
                    new Attribution(scores, scores, new int[] {0}, new float[][] {{1, 0}}, 1, 2, MapTransform.IDENTITY);
            return CompletableFuture.completedFuture(new Batched<>(attribution, 1, 0, 0, 0));
        });
        try (var several = new TopologyRig(TopologyRig.settings(1 << 20), null, model)) {
            PredictionEvent named = Events.event("named");
            named.setMethod("other");
            several.send("k", Events.event("unnamed"));
            several.send("k", named);

            assertThat(several.explanations())
                    .extracting(record -> record.value().getMethod().getName())
                    .containsExactly("test", "other");
            assertThat(asked).containsExactly("test", "other");
        }
    }

    @Test
    void shouldSayWhetherTheReplayAgreesWithTheLoggedPrediction() {
        // Band 2 of four holds 12 cells of 1.5, the others 12 of 0.5.
        assertThat(agreement(2, 18.1f)).isEqualTo(Agreement.AGREES);
        assertThat(agreement(2, 17f)).isEqualTo(Agreement.SCORE_DIFFERS);
        assertThat(agreement(2, Float.NaN)).isEqualTo(Agreement.SCORE_DIFFERS);
        assertThat(agreement(1, 6f)).isEqualTo(Agreement.CLASS_DIFFERS);
    }

    @Test
    void shouldDescribeTheMap() {
        rig.send("k", Events.event("e", 2, 0));

        ClassExplanation explained = only(only(rig.explanations()).value().getClasses());
        assertThat(explained.getStatistics().getSum()).isEqualTo(12);
        assertThat(explained.getStatistics().getPeak()).isEqualTo(1);
        assertThat(explained.getStatistics().getSuppressionShare()).isZero();
        // Band 2 of 4 covers rows 4 and 5 of 8, all 6 columns.
        assertThat(explained.getStatistics().getCentreX()).isEqualTo(0.5f);
        assertThat(explained.getStatistics().getCentreY()).isEqualTo(5 / 8f);
        assertThat(only(explained.getEvidence()).getShare()).isGreaterThan(0.4f);
        assertThat(only(explained.getEvidence()).getY()).isEqualTo(4);
        assertThat(explained.getSuppressors()).isEmpty();
    }

    @Test
    void shouldKeepANullKey() {
        rig.send(null, Events.event("e"));
        rig.send(null, (byte[]) null);

        assertThat(only(rig.explanations()).key()).isNull();
        assertThat(only(rig.deadLetters()).key()).isNull();
    }

    @Test
    void shouldKeepTheHeadersOfTheInput() {
        var headers = new RecordHeaders().add("traceparent", "00-1-2-01".getBytes(UTF_8));
        rig.send("k", rig.bytes(Events.event("e")), headers);
        rig.send("k", new byte[] {9}, headers);

        assertThat(only(rig.explanations()).headers()).isEqualTo(headers);
        assertThat(header(only(rig.deadLetters()), "traceparent")).isEqualTo("00-1-2-01");
    }

    @Test
    void shouldCountWhatBecameOfEachRecord() {
        rig.send("k", Events.event("a"));
        rig.send("k", Events.event("b"));
        rig.send("k", (byte[]) null);

        assertThat(rig.count("explained", "none")).isEqualTo(2);
        assertThat(rig.count("failed", "null_value")).isEqualTo(1);
        assertThat(rig.meters.get("hedgerow.batches").functionCounter().count()).isEqualTo(2);
        assertThat(rig.meters.get("hedgerow.latency").timer().count()).isEqualTo(2);
        assertThat(rig.meters
                        .get("hedgerow.records")
                        .tags("status", "explained", "model", Events.MODEL)
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(rig.meters.get("hedgerow.predictions").tags("model", Events.MODEL).counters().stream()
                        .mapToDouble(Counter::count)
                        .sum())
                .isEqualTo(2);
        assertThat(rig.meters.get("hedgerow.event.age").gauge().value()).isPositive();
        assertThat(rig.meters.get("hedgerow.read.ahead").gauge().value()).isZero();
    }

    @Test
    void shouldCountByConfiguredModelsOnlyWhateverEventsName() {
        for (int i = 0; i < 5; i++) {
            PredictionEvent event = Events.event("e");
            event.setModel(new ModelRef("made-up-" + i, ""));
            rig.send("k", event);
        }

        assertThat(rig.meters
                        .get("hedgerow.records")
                        .tags("reason", "unknown_model")
                        .counters())
                .singleElement()
                .satisfies(counter -> assertThat(counter.count()).isEqualTo(5));
    }

    @Test
    void shouldExplainTheSampledShareOnlyAndTheSameEventsEveryTime() {
        List<String> first = sampled();

        assertThat(first).hasSizeBetween(20, 80).isSubsetOf(ids()).isEqualTo(sampled());
    }

    @Test
    void shouldRefuseTopicsThatAreTheSame() {
        assertThatThrownBy(() -> new Topics("a", "b", "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[a, b, a] must be different topics");
    }

    private static List<String> ids() {
        return IntStream.range(0, 100).mapToObj(i -> "event-" + i).toList();
    }

    private static List<String> sampled() {
        try (var half = new TopologyRig(
                TopologyRig.settings(RecordLimits.DEFAULT, TopologyRig.explaining(0.5f, false)), null, null)) {
            ids().forEach(id -> half.send(id, Events.event(id)));
            List<String> explained =
                    half.explanations().stream().map(TestRecord::key).toList();
            assertThat(half.count("explained", "none")).isEqualTo(explained.size());
            assertThat(half.count("sampled_out", "none")).isEqualTo(100 - explained.size());
            assertThat(half.deadLetters()).isEmpty();
            return explained;
        }
    }

    private Agreement agreement(int index, float score) {
        var event = Events.event("e", 2, 0.5f);
        event.setPredictions(List.of(Events.prediction(index, score)));
        rig.send("k", event);
        return only(rig.explanations()).value().getPrediction().getAgreement();
    }

    public static String header(TestRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    public static <T> T only(List<T> list) {
        assertThat(list).hasSize(1);
        return list.get(0);
    }
}
