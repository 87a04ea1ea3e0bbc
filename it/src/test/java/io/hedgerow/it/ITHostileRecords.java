package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.Agreement;
import io.hedgerow.Alert;
import io.hedgerow.AlertKind;
import io.hedgerow.AlertState;
import io.hedgerow.AttributionMap;
import io.hedgerow.ClassExplanation;
import io.hedgerow.Example;
import io.hedgerow.ExplainedImage;
import io.hedgerow.ExplainedModel;
import io.hedgerow.Explanation;
import io.hedgerow.FaithfulnessSums;
import io.hedgerow.MapStatistics;
import io.hedgerow.MapTransform;
import io.hedgerow.Method;
import io.hedgerow.OutcomeCounts;
import io.hedgerow.Precision;
import io.hedgerow.Prediction;
import io.hedgerow.PredictionCheck;
import io.hedgerow.Profile;
import io.hedgerow.RecordInput;
import io.hedgerow.ReferenceProgress;
import io.hedgerow.ReferenceState;
import io.hedgerow.Region;
import io.hedgerow.Severity;
import io.hedgerow.Timings;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The page when every name in every topic that it reads is somebody's attempt. */
@NeedsChromium
@DisabledOnOs(OS.WINDOWS)
class ITHostileRecords {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String HOSTILE =
            "<script>alert(1)</script><img src=x onerror=alert(2)>\u202egnp.exe\u0007\u001b[31m" + "W".repeat(10_000);

    /** As it is shown: nothing that turns, rings or hides. */
    private static final String SHOWN = "<script>alert(1)</script><img src=x onerror=alert(2)>⟨U+202E⟩gnp";

    private static final ExplainedModel MODEL = new ExplainedModel(HOSTILE, HOSTILE, "ab".repeat(32));
    private static final Method METHOD = new Method("gradient-hedging", "2", 2f, "conv5", Precision.FLOAT32, Map.of());
    private static final int CELLS = 256;

    private final Instant now = Instant.now();

    @Test
    void shouldShowNamesAsTextWhoeverWroteThem(@TempDir Path folder) throws Exception {
        try (SimulatedLine line = new SimulatedLine(folder, 1);
                Browser browser = new Browser()) {
            line.put(SimulatedService.MONITOR.profiles(), Profile.class, profile(-1, ""));
            line.put(SimulatedService.MONITOR.profiles(), Profile.class, profile(3, HOSTILE));
            line.put(SimulatedService.MONITOR.alerts(), Alert.class, alert());
            String url = "http://127.0.0.1:" + line.port() + "/";
            browser.open(url, 1280, 900, "light");
            browser.see(".alert[open] .triptych canvas");
            line.put(SimulatedService.TOPICS.explanations(), Explanation.class, explanation());

            for (String place : List.of(
                    ".alert[open] .alert-claim",
                    ".alert[open] .alert-meta",
                    ".alert[open] .examples",
                    ".class-list",
                    ".feed-list",
                    "#bar option:not([value=''])")) {
                await(place).atMost(LONG).until(() -> String.valueOf(
                                browser.run("return [...document.querySelectorAll('" + place.replace("'", "\\'")
                                        + "')].map(each => each.textContent).join(' ')"))
                        .contains(SHOWN.substring(0, 25)));
            }
            assertThat(browser.text(".verdict h1")).contains(SHOWN.substring(0, 25));
            assertThat(browser.all("main script, [onerror], img[src='x']")).isEmpty();
            assertThat(String.valueOf(browser.run("return document.body.innerText")))
                    .doesNotContain("\u202e", "\u0007", "\u001b");
            for (int width : new int[] {360, 1280, 2560}) {
                browser.open(url, width, 900, "dark");
                browser.see(".alert[open] .triptych canvas");
                assertThat((Boolean) browser.run("return document.documentElement.scrollWidth <= innerWidth"))
                        .as("at %d pixels", width)
                        .isTrue();
            }
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.asked()).containsOnly("127.0.0.1:" + line.port());
        }
    }

    private Profile profile(int classIndex, String label) {
        return Profile.newBuilder()
                .setModel(MODEL)
                .setMethod(METHOD)
                .setClassIndex(classIndex)
                .setLabel(label)
                .setWindowStart(now.minusSeconds(20))
                .setWindowEnd(now.minusSeconds(10))
                .setOutcomes(OutcomeCounts.newBuilder().setExplained(50).build())
                .setLatencies(Collections.nCopies(32, 0L))
                .setMaps(50)
                .setMapSum(Collections.nCopies(CELLS, 50L << 22))
                .setFaithfulness(new FaithfulnessSums(0L, 0L, 0L, 0L))
                .setReference(new ReferenceProgress(ReferenceState.READY, 300L, 300L))
                .setLogEvidence(20.0)
                .setLogThreshold(14.0)
                .setExamples(List.of(example()))
                .build();
    }

    private Alert alert() {
        return Alert.newBuilder()
                .setId("alert-1")
                .setRevision(1)
                .setKind(AlertKind.DRIFT)
                .setSeverity(Severity.CRITICAL)
                .setState(AlertState.OPENED)
                .setModel(MODEL)
                .setMethod(METHOD)
                .setClassIndex(3)
                .setLabel(HOSTILE)
                .setWindowStart(now.minusSeconds(20))
                .setWindowEnd(now.minusSeconds(10))
                .setOpenedAt(now.minusSeconds(10))
                .setSince(now.minusSeconds(20))
                .setEvents(50)
                .setStatistic(HOSTILE)
                .setValue(0.5)
                .setExpected(0.1)
                .setLimit(0.2)
                .setLogEvidence(20.0)
                .setLogThreshold(14.0)
                .setMeanMap(Collections.nCopies(CELLS, 1f / CELLS))
                .setMessage(HOSTILE)
                .setExamples(List.of(example()))
                .build();
    }

    private Example example() {
        return new Example(
                HOSTILE, now, new RecordInput(SimulatedService.TOPICS.input(), 0, 0L), ByteBuffer.allocate(0));
    }

    private Explanation explanation() {
        return Explanation.newBuilder()
                .setEventId(HOSTILE)
                .setTime(now)
                .setSource(HOSTILE)
                .setAttributes(Map.of(HOSTILE, HOSTILE))
                .setModel(MODEL)
                .setImage(new ExplainedImage("ab".repeat(32), 64, 64, null))
                .setPrediction(new PredictionCheck(null, new Prediction(3, HOSTILE, 0.8f), null, Agreement.NOT_LOGGED))
                .setClasses(List.of(new ClassExplanation(
                        3,
                        HOSTILE,
                        4f,
                        0.8f,
                        new AttributionMap(
                                4, 4, 0.5f, ByteBuffer.wrap(new byte[16]), 1, new MapTransform(16.0, 0.0, 16.0, 0.0)),
                        List.of(new Region(0, 0, 16, 8, 0.9f)),
                        List.of(),
                        new MapStatistics(0f, 1f, Float.NaN, null, null, null, null))))
                .setMethod(METHOD)
                .setTimings(new Timings(1_000L, 2_000L, 3_000L, 1))
                .setPredictionKind("probability")
                .setInputs(List.of(new RecordInput(SimulatedService.TOPICS.input(), 0, 0L)))
                .build();
    }
}
