package io.hedgerow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.Explanation;
import io.hedgerow.Faithfulness;
import io.hedgerow.bench.SimulatedModel;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.preprocess.Preprocessing;
import io.hedgerow.topics.RecordLimits;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class FaithfulnessTest {
    private static final int EVENTS = 60;
    private static final BatchLimits LIMITS = new BatchLimits(4, Duration.ZERO, 4, 1 << 20, Duration.ofMinutes(1));

    @Test
    void shouldSayOfSampledEventsWhatBlurringTheirEvidenceDoes() {
        List<Explanation> explained = explained(0.5f, device());

        List<Faithfulness> tried = explained.stream()
                .map(Explanation::getFaithfulness)
                .filter(Objects::nonNull)
                .toList();
        assertThat(tried).hasSizeBetween(EVENTS / 4, 3 * EVENTS / 4).allSatisfy(one -> {
            assertThat(one.getClassIndex()).isEqualTo(2);
            assertThat(one.getShare()).isBetween(0.01f, 0.25f);
            assertThat(one.getEvidenceDrop()).isPositive();
            // The other half of the band is worth the same.
            assertThat(one.getChanceDrop()).isLessThan(one.getEvidenceDrop() + 1e-3f);
        });
    }

    @Test
    void shouldSayTheSameWhenEventsAreExplainedAgain() {
        assertThat(explained(0.5f, device()).stream().map(Explanation::getFaithfulness))
                .isEqualTo(explained(0.5f, device()).stream()
                        .map(Explanation::getFaithfulness)
                        .toList());
    }

    @Test
    void shouldTryNothingUnlessToldTo() {
        assertThat(explained(0, device()))
                .hasSize(EVENTS)
                .allMatch(explanation -> explanation.getFaithfulness() == null);
    }

    @Test
    void shouldExplainEventsWhoseTrialFails() {
        try (SimulatedModel device = device()) {
            ExplainableModel unable = new AnsweringModel(device::submit);

            assertThat(explained(1, unable))
                    .hasSize(EVENTS)
                    .allMatch(explanation -> explanation.getFaithfulness() == null);
        }
    }

    private static List<Explanation> explained(float share, ExplainableModel model) {
        ExplainSettings settings = ExplainSettings.DEFAULT.withFaithfulness(share);
        try (TopologyRig rig = new TopologyRig(TopologyRig.settings(RecordLimits.DEFAULT, settings), null, model)) {
            for (int event = 0; event < EVENTS; event++) {
                rig.send("key", Events.event("event-" + event, 2, event / 100f));
            }
            return rig.explanations().stream().map(TestRecord::value).toList();
        }
    }

    private static SimulatedModel device() {
        return new SimulatedModel(
                Events.MODEL,
                Events.INPUT,
                Preprocessing.defaults(),
                Events.CLASSES,
                Duration.ZERO,
                Duration.ZERO,
                LIMITS);
    }
}
