package io.hedgerow.stream;

import static io.hedgerow.stream.HedgerowTopologyTest.header;
import static io.hedgerow.stream.HedgerowTopologyTest.only;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.EncodedImage;
import io.hedgerow.ImageReference;
import io.hedgerow.ModelRef;
import io.hedgerow.Prediction;
import io.hedgerow.PredictionEvent;
import io.hedgerow.RawTensor;
import io.hedgerow.TensorType;
import io.hedgerow.event.EventLimits;
import io.hedgerow.event.Reason;
import io.hedgerow.topics.RecordLimits;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadInputTest {
    private final TopologyRig rig = new TopologyRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @ParameterizedTest
    @MethodSource
    void shouldMakeADeadLetterThatSaysWhatIsWrongAndLeaveTheNeighboursAlone(
            Function<TopologyRig, byte[]> bad, Reason reason, String message) {
        byte[] value = bad.apply(rig);
        rig.send("before", Events.event("e1"));
        rig.send("bad", value);
        rig.send("after", Events.event("e2"));

        assertThat(rig.explanations()).extracting(record -> record.key()).containsExactly("before", "after");
        var dead = only(rig.deadLetters());
        assertThat(dead.key()).isEqualTo("bad");
        assertThat(dead.value()).isEqualTo(value);
        assertThat(header(dead, "__streams.errors.message")).contains(message);
        assertThat(header(dead, "__streams.errors.topic")).isEqualTo("prediction-events");
        assertThat(header(dead, "__streams.errors.partition")).isEqualTo("0");
        assertThat(header(dead, "__streams.errors.offset")).isEqualTo("1");
        assertThat(header(dead, "__streams.errors.exception")).isNotBlank();
        assertThat(dead.headers().lastHeader("__streams.errors.stacktrace")).isNull();
        assertThat(header(dead, "hedgerow.reason")).isEqualTo(reason.tag());
        assertThat(rig.count("failed", reason.tag())).isEqualTo(1);
        assertThat(rig.meters.get("hedgerow.latency").timer().count()).isEqualTo(2);
    }

    static Stream<Arguments> shouldMakeADeadLetterThatSaysWhatIsWrongAndLeaveTheNeighboursAlone() {
        return Stream.of(
                bytes("a null value", null, Reason.NULL_VALUE, "value is null"),
                bytes("no bytes", new byte[0], Reason.MALFORMED, "0 bytes"),
                bytes("garbage", "garbage, not Avro".getBytes(UTF_8), Reason.MALFORMED, "0x67"),
                bytes("an unknown schema id", new byte[] {0, 0, 0, 0x27, 0x0f, 1, 2}, Reason.MALFORMED, "9999"),
                value("a cut-off event", rig -> cut(rig.bytes(Events.event("e"))), Reason.MALFORMED, "ends too early"),
                event("class -1", e -> e.setClasses(List.of(-1)), Reason.BAD_CLASS, "class -1"),
                event("class 10^6", e -> e.setClasses(List.of(0, 1_000_000)), Reason.BAD_CLASS, "class 1000000"),
                event(
                        "1,000 classes",
                        e -> e.setClasses(Collections.nCopies(1000, 1)),
                        Reason.TOO_MUCH,
                        "1000 classes"),
                event(
                        "a logged class that the model lacks",
                        e -> e.setPredictions(List.of(Events.prediction(4, 1))),
                        Reason.BAD_CLASS,
                        "class 4; model bands has classes 0 to 3"),
                event(
                        "a label that is another class's",
                        e -> e.setPredictions(List.of(new Prediction(2, "band 0", 1f))),
                        Reason.BAD_CLASS,
                        "call class 2 'band 0', model bands calls it 'band 2', and class 0 'band 0'"),
                event(
                        "a label that is no class's",
                        e -> e.setPredictions(List.of(new Prediction(2, "scratch", 1f))),
                        Reason.BAD_CLASS,
                        "call class 2 'scratch', model bands calls it 'band 2'; mend the event or the labels"),
                event(
                        "an unknown label alone",
                        e -> e.setPredictions(List.of(new Prediction(-1, "scratch", 1f))),
                        Reason.BAD_CLASS,
                        "'scratch' without its index; model bands has no class of that label"),
                event(
                        "neither index nor label",
                        e -> e.setPredictions(List.of(new Prediction(-1, "", 1f))),
                        Reason.BAD_CLASS,
                        "neither index nor label"),
                event("ratio 0.5", e -> e.setRatio(0.5f), Reason.BAD_RATIO, "0.5"),
                event("ratio NaN", e -> e.setRatio(Float.NaN), Reason.BAD_RATIO, "NaN"),
                event(
                        "a method that the model is not compiled with",
                        e -> e.setMethod("magic"),
                        Reason.BAD_METHOD,
                        "asks for the method 'magic'; model bands is compiled with simulated, and with what"
                                + " models[].methods lists"),
                event("an unknown model", e -> e.setModel(new ModelRef("cats", "")), Reason.UNKNOWN_MODEL, "cats"),
                event(
                        "an unknown version",
                        e -> e.setModel(new ModelRef(Events.MODEL, "9")),
                        Reason.UNKNOWN_MODEL,
                        "bands version 9 is not configured; known: bands"),
                event(
                        "a model named like a path",
                        e -> e.setModel(new ModelRef("../../etc/passwd", "")),
                        Reason.UNKNOWN_MODEL,
                        "../../etc/passwd is not configured"),
                event("a wrong shape", e -> e.setImage(tensor(List.of(8, 5, 1), 160)), Reason.BAD_TENSOR, "8 x 5 x 1"),
                event("a wrong rank", e -> e.setImage(tensor(List.of(48), 192)), Reason.BAD_TENSOR, "48"),
                event("too little data", e -> e.setImage(tensor(List.of(8, 6, 1), 12)), Reason.BAD_TENSOR, "12 bytes"),
                event("a wrong element type", BadInputTest::toUint8, Reason.BAD_TENSOR, "uint8"),
                event("a NaN in the tensor", e -> spoil(e, Float.NaN), Reason.BAD_TENSOR, "NaN"),
                event(
                        "an infinity in the tensor",
                        e -> spoil(e, Float.NEGATIVE_INFINITY),
                        Reason.BAD_TENSOR,
                        "-Infinity"),
                picture("no image bytes", new byte[0], "0 bytes"),
                picture("text called a JPEG", "hello, world".getBytes(UTF_8), "is text"),
                picture("half a JPEG", half(picture("jpg")), "JPEG"),
                picture("half a PNG", half(picture("png")), "PNG"),
                picture("a PNG that claims 60,000 x 60,000 pixels", hugePng(), "60000 x 60000"),
                event(
                        "a reference",
                        e -> e.setImage(new ImageReference("file:///etc/passwd", "00")),
                        Reason.IMAGE_REFERENCE,
                        "file:///etc/passwd"),
                event("a negative time", e -> e.setTime(Instant.ofEpochMilli(-1)), Reason.BAD_TIME, "before 1970"),
                event(
                        "a time in seconds",
                        e -> e.setTime(Instant.ofEpochMilli(1_700_000_000)),
                        Reason.BAD_TIME,
                        "1970-01-20T16:13:20Z is before 2000-01-01T00:00:00Z: 1700000000 seconds?"),
                event("no time", e -> e.setTime(Instant.EPOCH), Reason.BAD_TIME, "is before 2000-01-01T00:00:00Z"),
                event(
                        "a time in microseconds",
                        e -> e.setTime(Instant.ofEpochMilli(1_700_000_000_000_000L)),
                        Reason.BAD_TIME,
                        "1700000000000000 microseconds?"),
                event(
                        "a time in nanoseconds",
                        e -> e.setTime(Instant.ofEpochMilli(1_700_000_000_000_000_000L)),
                        Reason.BAD_TIME,
                        "1700000000000000000 nanoseconds?"),
                event(
                        "a time in the far future",
                        e -> e.setTime(Instant.parse("2500-01-01T00:00:00Z")),
                        Reason.BAD_TIME,
                        "2500-01-01T00:00:00Z is more than PT1H ahead"),
                event("100 attributes", e -> e.setAttributes(attributes(100)), Reason.TOO_MUCH, "100 attributes"),
                event(
                        "a huge attribute",
                        e -> e.setAttributes(Map.of("a", "x".repeat(20_000))),
                        Reason.TOO_MUCH,
                        "20001 bytes"));
    }

    @Test
    void shouldRefuseALabelAloneThatSeveralClassesHaveOrNoneCan() {
        assertThat(message(List.of("crane", "dog", "crane"), "crane")).contains("calls several classes so");
        assertThat(message(List.of(), "crane")).contains("model bands has no labels: give it a labels.txt");
        assertThat(message(List.of("a", "b", "c", "d", "e"), "e")).contains("class 4; model bands has classes 0 to 3");
    }

    /** What is wrong with an event that names a class by {@code label} alone. */
    private static String message(List<String> labels, String label) {
        PredictionEvent event = Events.event("e");
        event.setPredictions(List.of(new Prediction(-1, label, 1f)));
        try (var labelled = new TopologyRig(TopologyRig.settings(1 << 20), null, new AnsweringModel(labels, null))) {
            labelled.send("k", event);
            assertThat(labelled.explanations()).isEmpty();
            var dead = only(labelled.deadLetters());
            assertThat(header(dead, "hedgerow.reason")).isEqualTo("bad_class");
            return header(dead, "__streams.errors.message");
        }
    }

    @Test
    void shouldTakeOlderTimesIfToldSo() {
        var limits = new EventLimits(
                1 << 20, 16, 64, 1 << 10, 64, 1 << 10, Instant.parse("1970-01-01T00:00:00Z"), Duration.ofHours(1));
        PredictionEvent event = Events.event("e");
        event.setTime(Instant.parse("1985-06-01T12:00:00Z"));
        try (var archive = new TopologyRig(
                TopologyRig.settings(RecordLimits.DEFAULT, TopologyRig.explaining(limits)), null, null)) {
            archive.send("k", event);

            assertThat(only(archive.explanations()).value().getTime()).isEqualTo(event.getTime());
            assertThat(archive.meters.get("hedgerow.latency").timer().count()).isZero();
        }
    }

    @Test
    void shouldRefuseMoreHeadersThanAreAllowed() {
        var headers = new RecordHeaders();
        for (int i = 0; i < 65; i++) {
            headers.add("h" + i, new byte[] {1});
        }
        rig.send("k", rig.bytes(Events.event("e")), headers);

        var dead = only(rig.deadLetters());
        assertThat(header(dead, "__streams.errors.message")).contains("65 headers");
        assertThat(dead.headers().headers("h64")).hasSize(1);
    }

    @Test
    void shouldGiveStackTracesOnRequestOnly() {
        try (var verbose = new TopologyRig(
                TopologyRig.settings(RecordLimits.DEFAULT, TopologyRig.explaining(1, true)), null, null)) {
            verbose.send("k", new byte[] {1, 2, 3});

            assertThat(header(only(verbose.deadLetters()), "__streams.errors.stacktrace"))
                    .contains("RejectedRecordException")
                    .contains("at io.hedgerow.event");
        }
    }

    private static Arguments bytes(String name, byte[] value, Reason reason, String message) {
        return value(name, rig -> value, reason, message);
    }

    private static Arguments event(String name, Consumer<PredictionEvent> change, Reason reason, String message) {
        return value(
                name,
                rig -> {
                    PredictionEvent event = Events.event("bad");
                    change.accept(event);
                    return rig.bytes(event);
                },
                reason,
                message);
    }

    private static Arguments picture(String name, byte[] file, String message) {
        Consumer<PredictionEvent> change = e -> e.setImage(new EncodedImage(ByteBuffer.wrap(file), "image/jpeg"));
        return event(name, change, Reason.BAD_IMAGE, message);
    }

    private static Arguments value(String name, Function<TopologyRig, byte[]> value, Reason reason, String message) {
        return Arguments.of(Named.of(name, value), reason, message);
    }

    private static byte[] cut(byte[] value) {
        return Arrays.copyOf(value, value.length - 20);
    }

    private static byte[] half(byte[] file) {
        return Arrays.copyOf(file, file.length / 2);
    }

    static byte[] picture(String format) {
        BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 1200; i++) {
            picture.setRGB(i % 40, i / 40, i * 7919);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, format, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    /** A PNG whose header, checksum included, says what its pixels don't hold. */
    private static byte[] hugePng() {
        byte[] file = picture("png");
        ByteBuffer header = ByteBuffer.wrap(file);
        header.putInt(16, 60_000).putInt(20, 60_000);
        CRC32 checksum = new CRC32();
        checksum.update(file, 12, 17);
        header.putInt(29, (int) checksum.getValue());
        return file;
    }

    private static RawTensor tensor(List<Integer> shape, int bytes) {
        return new RawTensor(TensorType.FLOAT32, shape, ByteBuffer.allocate(bytes));
    }

    private static void toUint8(PredictionEvent event) {
        event.setImage(new RawTensor(TensorType.UINT8, List.of(8, 6, 1), ByteBuffer.allocate(48)));
    }

    private static void spoil(PredictionEvent event, float value) {
        ByteBuffer data = ((RawTensor) event.getImage()).getData();
        data.order(ByteOrder.LITTLE_ENDIAN).putFloat(44, value);
    }

    private static Map<String, String> attributes(int count) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < count; i++) {
            attributes.put("a" + i, "v");
        }
        return attributes;
    }
}
