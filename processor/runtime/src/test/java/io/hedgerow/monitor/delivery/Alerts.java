package io.hedgerow.monitor.delivery;

import io.hedgerow.Alert;
import io.hedgerow.AlertKind;
import io.hedgerow.AlertState;
import io.hedgerow.Example;
import io.hedgerow.ExplainedModel;
import io.hedgerow.Method;
import io.hedgerow.Precision;
import io.hedgerow.RecordInput;
import io.hedgerow.Severity;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;

/** Alerts as a monitor writes them. */
final class Alerts {
    private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");

    private Alerts() {}

    static Alert alert(String id, int revision, AlertState state) {
        return Alert.newBuilder()
                .setId(id)
                .setRevision(revision)
                .setKind(AlertKind.CLASS_SHARE)
                .setSeverity(Severity.WARNING)
                .setState(state)
                .setModel(new ExplainedModel("surface", "1", "ab".repeat(32)))
                .setMethod(new Method("gradient-hedging", "1", 2f, "conv5", Precision.FLOAT32, Map.of()))
                .setClassIndex(3)
                .setLabel("stain")
                .setWindowStart(START.plusSeconds(10L * revision))
                .setWindowEnd(START.plusSeconds(10L * revision + 10))
                .setOpenedAt(START.plusSeconds(10))
                .setSince(START)
                .setEvents(200L * revision)
                .setStatistic("share")
                .setValue(0.94)
                .setExpected(0.23)
                .setLimit(0.31)
                .setMessage("stain rose from 23 % to 94 % of what is decided \"…\"")
                .setExamples(Collections.nCopies(
                        5,
                        new Example(
                                "part-7",
                                START,
                                new RecordInput("prediction-events", 2, 7L),
                                ByteBuffer.wrap(new byte[8 << 10]))))
                .build();
    }
}
