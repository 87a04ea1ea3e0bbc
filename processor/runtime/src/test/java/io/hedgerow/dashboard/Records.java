package io.hedgerow.dashboard;

import io.hedgerow.Agreement;
import io.hedgerow.Alert;
import io.hedgerow.AlertKind;
import io.hedgerow.AlertState;
import io.hedgerow.AttributionMap;
import io.hedgerow.ClassExplanation;
import io.hedgerow.EncodedImage;
import io.hedgerow.Example;
import io.hedgerow.ExplainedImage;
import io.hedgerow.ExplainedModel;
import io.hedgerow.Explanation;
import io.hedgerow.FaithfulnessSums;
import io.hedgerow.FeatureLimits;
import io.hedgerow.LearnedReference;
import io.hedgerow.MapStatistics;
import io.hedgerow.MapTransform;
import io.hedgerow.Method;
import io.hedgerow.ModelRef;
import io.hedgerow.OutcomeCounts;
import io.hedgerow.Precision;
import io.hedgerow.Prediction;
import io.hedgerow.PredictionCheck;
import io.hedgerow.PredictionEvent;
import io.hedgerow.Profile;
import io.hedgerow.RecordInput;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.ReferenceOrigin;
import io.hedgerow.ReferenceProgress;
import io.hedgerow.ReferenceState;
import io.hedgerow.Region;
import io.hedgerow.Severity;
import io.hedgerow.Timings;
import io.hedgerow.digest.Sha256;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Records as topics hold them. */
final class Records {
    static final ExplainedModel MODEL = new ExplainedModel("surface", "1", "ab".repeat(32));
    static final Method METHOD = new Method("gradient-hedging", "2", 2f, "conv5", Precision.FLOAT32, Map.of());
    static final int CELLS = 256;
    static final long SHARE = 1L << 30;

    private Records() {}

    /** A window of ten seconds, of all classes together if {@code classIndex} is -1. */
    static Profile profile(int classIndex, String label, Instant start, long explained, double evidence) {
        List<Long> map = new ArrayList<>(Collections.nCopies(CELLS, 0L));
        map.set(0, explained * SHARE / 4);
        map.set(17, explained * SHARE * 3 / 4);
        List<Long> latencies = new ArrayList<>(Collections.nCopies(32, 0L));
        latencies.set(8, explained);
        return Profile.newBuilder()
                .setModel(MODEL)
                .setMethod(METHOD)
                .setClassIndex(classIndex)
                .setLabel(label)
                .setWindowStart(start)
                .setWindowEnd(start.plusSeconds(10))
                .setOutcomes(OutcomeCounts.newBuilder()
                        .setExplained(explained)
                        .setFailed(1)
                        .setSampledOut(2)
                        .setShed(3)
                        .setAgrees(explained * 3 / 4)
                        .setScoreDiffers(explained - explained * 3 / 4)
                        .build())
                .setLatencies(latencies)
                .setMaps(explained)
                .setMapSum(map)
                .setFaithfulness(new FaithfulnessSums(0L, 0L, 0L, 0L))
                .setReference(new ReferenceProgress(ReferenceState.READY, 300L, 300L))
                .setLogEvidence(evidence)
                .setLogThreshold(14.0)
                .setExamples(List.of())
                .build();
    }

    static Profile learning(Instant start, long explained, long have) {
        Profile profile = profile(-1, "", start, explained, 0);
        profile.setReference(new ReferenceProgress(ReferenceState.LEARNING, have, 300L));
        profile.setLogEvidence(null);
        profile.setLogThreshold(null);
        return profile;
    }

    static ReferenceEntry reference(int classIndex, String label, Instant time) {
        return ReferenceEntry.newBuilder()
                .setModel(MODEL)
                .setMethod(METHOD)
                .setClassIndex(classIndex)
                .setLabel(label)
                .setTime(time)
                .setBody(LearnedReference.newBuilder()
                        .setId("r1")
                        .setOrigin(ReferenceOrigin.STREAM)
                        .setEvents(300)
                        .setFrom(time.minusSeconds(60))
                        .setTo(time)
                        .setCovers("300 explanations within a minute")
                        .setTolerance(0.02)
                        .setRisk(0.01)
                        .setFeatures(List.of(new FeatureLimits("border", 0.1, 0.0, 0.2)))
                        .setMeanMap(Collections.nCopies(CELLS, 1f / CELLS))
                        .setPrototypes(List.of())
                        .setRadius(0.5)
                        .setShares(List.of())
                        .setRates(List.of())
                        .setGroups(List.of())
                        .build())
                .build();
    }

    static Alert alert(String id, String label, Severity severity, AlertState state, Instant opened) {
        return Alert.newBuilder()
                .setId(id)
                .setRevision(1)
                .setKind(AlertKind.DRIFT)
                .setSeverity(severity)
                .setState(state)
                .setModel(MODEL)
                .setMethod(METHOD)
                .setClassIndex(3)
                .setLabel(label)
                .setWindowStart(opened.minusSeconds(10))
                .setWindowEnd(opened)
                .setOpenedAt(opened)
                .setSince(opened.minusSeconds(10))
                .setEvents(200)
                .setStatistic("border")
                .setValue(0.5)
                .setExpected(0.1)
                .setLimit(0.2)
                .setLogEvidence(20.0)
                .setLogThreshold(14.0)
                .setMeanMap(Collections.nCopies(CELLS, 1f / CELLS))
                .setMessage(
                        "evidence along the border rose from 10 % to 50 % of what speaks for " + label
                                + ", most of all in the top left sixteenth (from 1 % to 9 %), since 2026-05-01T12:00:00Z, in 200 events")
                .setExamples(List.of(new Example(
                        "part-7",
                        opened,
                        new RecordInput(DashboardRig.TOPICS.input(), 1, 7L),
                        ByteBuffer.wrap(new byte[] {(byte) 0xff, (byte) 0xd8, 1, 2, 3}))))
                .build();
    }

    /** A picture as a producer would send it, with something in its file that nobody is to get back. */
    static byte[] picture(int width, int height, String hidden) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, width, height);
        g.setColor(Color.RED);
        g.fillRect(0, 0, width / 2, height / 2);
        g.dispose();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(image, "png", file);
        file.write(hidden.getBytes(StandardCharsets.UTF_8));
        return file.toByteArray();
    }

    static PredictionEvent event(String id, Instant time, byte[] picture) {
        return PredictionEvent.newBuilder()
                .setId(id)
                .setTime(time)
                .setModel(new ModelRef("surface", "1"))
                .setImage(new EncodedImage(ByteBuffer.wrap(picture), "image/png"))
                .setPredictions(List.of())
                .setClasses(List.of())
                .build();
    }

    static Explanation explanation(
            String id, String source, String label, Instant time, RecordInput input, byte[] picture) {
        byte[] map = new byte[16];
        map[0] = 127;
        map[5] = -64;
        return Explanation.newBuilder()
                .setEventId(id)
                .setTime(time)
                .setSource(source)
                .setAttributes(Map.of("shift", label))
                .setModel(MODEL)
                .setImage(new ExplainedImage(Sha256.hex(picture), 64, 32, null))
                .setPrediction(new PredictionCheck(null, new Prediction(3, label, 0.8f), null, Agreement.NOT_LOGGED))
                .setClasses(List.of(new ClassExplanation(
                        3,
                        label,
                        4f,
                        0.8f,
                        new AttributionMap(4, 4, 0.5f, ByteBuffer.wrap(map), 1, new MapTransform(16.0, 0.0, 8.0, 0.0)),
                        List.of(new Region(0, 0, 16, 8, 0.9f)),
                        List.of(),
                        new MapStatistics(0f, 1f, Float.NaN, null, null, null, null))))
                .setMethod(METHOD)
                .setTimings(new Timings(1_000L, 2_000L, 3_000L, 1))
                .setPredictionKind("probability")
                .setInputs(List.of(input))
                .build();
    }
}
