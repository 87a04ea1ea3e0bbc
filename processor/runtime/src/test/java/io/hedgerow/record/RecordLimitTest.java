package io.hedgerow.record;

import static io.hedgerow.stream.HedgerowTopologyTest.header;
import static io.hedgerow.stream.HedgerowTopologyTest.only;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.ClassExplanation;
import io.hedgerow.stream.Events;
import io.hedgerow.stream.TopologyRig;
import io.hedgerow.topics.RecordLimits;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RecordLimitTest {
    @Test
    void shouldCoarsenTheMapsUntilTheExplanationFits() {
        // Timings make a record's length vary by a few bytes; coarsening by two saves 36.
        int whole = explanationBytes(1 << 20);

        try (var rig = new TopologyRig(TopologyRig.settings(whole - 20), null, null)) {
            rig.send("k", Events.event("e", 2, 0));

            ClassExplanation explained = only(only(rig.explanations()).value().getClasses());
            var map = explained.getMap();
            assertThat(map.getCoarsening()).isEqualTo(2);
            assertThat(List.of(map.getHeight(), map.getWidth())).containsExactly(4, 3);
            // Cells add up: each now sums four, and the whole still is the score.
            byte[] values = new byte[12];
            map.getValues().get(values);
            float sum = 0;
            for (byte value : values) {
                sum += value * map.getScale();
            }
            assertThat(sum).isEqualTo(explained.getScore());
            assertThat(map.getTransform()).isEqualTo(new io.hedgerow.MapTransform(2.0, 0.0, 2.0, 0.0));
            assertThat(rig.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldMakeADeadLetterIfEvenTheCoarsestExplanationIsTooLarge() {
        try (var rig = new TopologyRig(TopologyRig.settings(1000), null, null)) {
            rig.send("k", Events.event("e".repeat(700)));

            assertThat(rig.explanations()).isEmpty();
            var dead = only(rig.deadLetters());
            assertThat(dead.key()).isEqualTo("k");
            assertThat(header(dead, "hedgerow.reason")).isEqualTo("too_large");
            assertThat(header(dead, "__streams.errors.message")).contains("maps of one cell", "records of 1000");
        }
    }

    @Test
    void shouldKeepADigestOfAValueTooLargeForADeadLetter() {
        try (var rig = new TopologyRig(TopologyRig.settings(2000), null, null)) {
            rig.send("k", "g".repeat(3000).getBytes(UTF_8));

            var dead = only(rig.deadLetters());
            assertThat(dead.key()).isEqualTo("k");
            assertThat(dead.value()).isNull();
            assertThat(header(dead, "hedgerow.value.bytes")).isEqualTo("3000");
            // printf of 3,000 letters g | sha256sum
            assertThat(header(dead, "hedgerow.value.sha256"))
                    .isEqualTo("33415156cdd86452c9c99b5e66976991bedc987d7c427255904e27178c47da8f");
            assertThat(header(dead, "__streams.errors.message")).contains("0x67");
        }
    }

    @Test
    void shouldKeepTheValueOfADeadLetterThatOnlyExplanationsWouldBeTooLargeFor() {
        var settings = TopologyRig.settings(new RecordLimits(2000, 1 << 20), TopologyRig.explaining(1, false));
        try (var rig = new TopologyRig(settings, null, null)) {
            rig.send("k", "g".repeat(500_000).getBytes(UTF_8));

            assertThat(only(rig.deadLetters()).value()).hasSize(500_000);
        }
    }

    @Test
    void shouldRatherDropTheStackTraceThanTheValue() {
        var settings = TopologyRig.settings(RecordLimits.of(4000), TopologyRig.explaining(1, true));
        try (var rig = new TopologyRig(settings, null, null)) {
            rig.send("k", "g".repeat(3000).getBytes(UTF_8));

            var dead = only(rig.deadLetters());
            assertThat(dead.value()).hasSize(3000);
            assertThat(dead.headers().lastHeader("__streams.errors.stacktrace")).isNull();
            assertThat(header(dead, "hedgerow.reason")).isEqualTo("malformed");
        }
    }

    @Test
    void shouldDropHeadersThenTheKeyIfADeadLetterStillIsTooLarge() {
        try (var rig = new TopologyRig(TopologyRig.settings(1500), null, null)) {
            var headers = new RecordHeaders().add("big", new byte[1400]);
            rig.send("k", null, headers);
            rig.send("k".repeat(1400), null, headers);

            var dead = rig.deadLetters();
            assertThat(dead).hasSize(2).allSatisfy(letter -> {
                assertThat(letter.headers().lastHeader("big")).isNull();
                assertThat(header(letter, "hedgerow.headers.dropped")).isEqualTo("1");
                assertThat(header(letter, "__streams.errors.message")).contains("null");
            });
            assertThat(dead.get(0).key()).isEqualTo("k");
            assertThat(dead.get(1).key()).isNull();
            assertThat(header(dead.get(1), "hedgerow.key.sha256")).hasSize(64);
        }
    }

    /** Size of the explanation of a plain event, as a record in a batch of its own. */
    private static int explanationBytes(int limit) {
        try (var rig = new TopologyRig(TopologyRig.settings(limit), null, null)) {
            rig.send("k", Events.event("e", 2, 0));
            var record = only(rig.explanations());
            var value = rig.explanationBytes(record.value());
            return (int) RecordSize.of(new byte[1], value, record.headers());
        }
    }
}
