package io.hedgerow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.AuditStatus;
import io.hedgerow.RecordInput;
import io.hedgerow.audit.LogException;
import io.hedgerow.audit.note.Checkpoint;
import io.hedgerow.audit.note.SigningKey;
import io.hedgerow.audit.proof.InclusionProof;
import io.hedgerow.audit.tree.CompactRange;
import io.hedgerow.audit.tree.CompactRanges;
import io.hedgerow.audit.tree.TreeHasher;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One event: what is fetched again, drawn, found and proven. */
class EventsTest {
    private static final String HIDDEN = "<script>what the producer hid in the file</script>";

    private final Instant start = Instant.parse("2026-05-01T12:00:00Z");
    private final DashboardRig rig;

    EventsTest() throws Exception {
        rig = new DashboardRig();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void shouldShowAnEventWithItsMapsAsStored() throws Exception {
        byte[] picture = Records.picture(64, 32, "");
        publish(1, "part-1", picture);

        JsonNode event = rig.json("/api/events/1/0");

        assertThat(event.at("/event/id").asText()).isEqualTo("part-1");
        assertThat(event.at("/event/time").asLong()).isEqualTo(start.toEpochMilli());
        assertThat(event.at("/classes/0/grid/rows").asInt()).isEqualTo(4);
        assertThat(event.at("/classes/0/grid/values/0").asInt()).isEqualTo(127);
        assertThat(event.at("/classes/0/grid/values/5").asInt()).isEqualTo(-64);
        assertThat(event.at("/classes/0/grid/scale").asDouble()).isEqualTo(0.5);
        assertThat(event.at("/classes/0/transform/scaleX").asDouble()).isEqualTo(16);
        assertThat(event.at("/classes/0/regions/0/share").asDouble()).isBetween(0.89, 0.91);
        assertThat(event.at("/classes/0/statistics/concentration").isNull()).isTrue();
        assertThat(event.at("/explanation/image/sha256").asText()).hasSize(64);
        assertThat(event.at("/explanation/classes/0/map/values").isMissingNode())
                .isTrue();
        assertThat(event.at("/prediction/replayed/0/label").asText()).isEqualTo("stain");
        assertThat(event.at("/prediction/logged")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"picture", "thumbnail", "overlay"})
    void shouldEncodePicturesAnew(String kind) throws Exception {
        publish(0, "part-1", Records.picture(640, 320, HIDDEN));

        HttpResponse<byte[]> answer = rig.get("/api/events/0/0/" + kind);

        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).matches("image/(png|jpeg)");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(new String(answer.body(), StandardCharsets.ISO_8859_1)).doesNotContain("script", "producer");
        BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(answer.body()));
        assertThat(drawn.getWidth()).isEqualTo(kind.equals("picture") ? 640 : 160);
        assertThat(drawn.getHeight()).isEqualTo(kind.equals("picture") ? 320 : 80);
    }

    @Test
    void shouldShowThePicturesOwnColours() throws Exception {
        publish(0, "part-1", Records.picture(64, 32, ""));

        BufferedImage drawn = ImageIO.read(
                new ByteArrayInputStream(rig.get("/api/events/0/0/picture").body()));
        assertThat(drawn.getRGB(2, 2)).isEqualTo(0xffff0000);
        assertThat(drawn.getRGB(60, 30)).isEqualTo(0xffffffff);
    }

    @Test
    void shouldDrawAPictureOnceWhileItIsRemembered() throws Exception {
        publish(0, "part-1", Records.picture(64, 32, ""));
        byte[] first = rig.get("/api/events/0/0/thumbnail").body();
        long given = rig.topics.given("hedgerow-dashboard-events");

        for (int i = 0; i < 5; i++) {
            assertThat(rig.get("/api/events/0/0/thumbnail").body()).isEqualTo(first);
        }
        assertThat(rig.topics.given("hedgerow-dashboard-events")).isEqualTo(given);
    }

    @Test
    void shouldSayThatThereIsNoPictureAnyMore() throws Exception {
        rig.add(0, Records.explanation("part-1", "", "stain", start, input(0, 99), new byte[1]));

        HttpResponse<byte[]> answer = rig.get("/api/events/0/0/thumbnail");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("there is no picture");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/5", "7/0", "99999999/3", "0/9223372036854775807"})
    void shouldSayThatThereIsNoSuchEvent(String address) throws Exception {
        for (String below : List.of("", "/picture")) {
            HttpResponse<byte[]> answer = rig.get("/api/events/" + address + below);
            // The largest numbers are out of range.
            assertThat(answer.statusCode()).isIn(404, 400);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).startsWith("{\"error\":\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x/0", "0/-1", "0/1e3", "0x1/0", "0/99999999999999999999"})
    void shouldRefuseAddressesThatAreNone(String address) throws Exception {
        assertThat(rig.get("/api/events/" + address).statusCode()).isEqualTo(400);
    }

    @Test
    void shouldNameTheNeighbours() throws Exception {
        publish(0, "part-0", new byte[1]);
        publish(0, "part-1", new byte[1]);
        publish(0, "part-2", new byte[1]);

        assertThat(rig.json("/api/events/0/1").path("neighbours").toString()).isEqualTo("{\"previous\":0,\"next\":2}");
        assertThat(rig.json("/api/events/0/0").path("neighbours").toString()).isEqualTo("{\"next\":1}");
    }

    @Test
    void shouldFindAnEventByItsId() throws Exception {
        for (int i = 0; i < 20; i++) {
            publish(i % 2, "part-" + i, new byte[1]);
        }

        assertThat(rig.json("/api/find?id=part-13").toString()).isEqualTo("{\"partition\":1,\"offset\":6}");
        assertThat(rig.json("/api/find?id=part-1&time=" + start.toEpochMilli()).toString())
                .isEqualTo("{\"partition\":1,\"offset\":0}");
        assertThat(rig.get("/api/find?id=part-99").statusCode()).isEqualTo(404);
        assertThat(rig.get("/api/find").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldReadNoExplanationWhileNobodyLooks() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            publish(0, "part-" + i, new byte[1]);
        }
        // Whoever has asked for an event has not looked at the feed.
        assertThat(rig.json("/api/events/0/7").at("/event/id").asText()).isEqualTo("part-7");
        assertThat(rig.topics.given("hedgerow-dashboard-feed")).isZero();

        rig.json("/api/state");
        await().until(() -> rig.json("/api/state").path("feed").size() >= 5);
        assertThat(rig.topics.given("hedgerow-dashboard-feed")).isLessThan(100);
        assertThat(rig.json("/api/state").at("/feed/0/id").asText()).isEqualTo("part-1999");
    }

    @Test
    void shouldShowEventsOfATimeThatHasPassedWheneverTheyWereSent() throws Exception {
        for (int i = 0; i < 4_000; i++) {
            Instant time = start.plusSeconds(i / 2);
            String label = i % 100 < 50 ? "stain" : "dent";
            rig.sentAt(
                    start.plusSeconds(7_000),
                    i % 2,
                    Records.explanation("part-" + i, "", label, time, input(0, i), new byte[1]));
        }

        JsonNode events = rig.json(feed(500, 1_500)).path("events");

        assertThat(events).hasSize(50);
        List<Long> seconds = new ArrayList<>();
        events.forEach(event -> seconds.add((event.path("time").asLong() - start.toEpochMilli()) / 1_000));
        assertThat(seconds)
                .allMatch(second -> second >= 500 && second < 1_500)
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(seconds.get(0)).as("to the end of the time").isGreaterThan(1_440);
        assertThat(seconds.get(49)).as("from its beginning").isLessThan(560);
        assertThat(rig.topics.given("hedgerow-dashboard-feed")).isZero();
        assertThat(rig.json(feed(500, 500)).path("events")).isEmpty();
        assertThat(rig.json(feed(9_000, 9_500)).path("events")).isEmpty();
        assertThat(rig.get("/api/feed?from=1").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldShowEventsOfOneModelAndClassOfATimeThatHasPassed() throws Exception {
        for (int i = 0; i < 400; i++) {
            publish(i % 2, "part-" + i, new byte[1]);
        }

        assertThat(rig.json(feed(0, 1) + "&class=3").path("events")).hasSize(50);
        assertThat(rig.json(feed(0, 1) + "&class=-1").path("events")).hasSize(50);
        assertThat(rig.json(feed(0, 1) + "&class=4").path("events")).isEmpty();
        assertThat(rig.json(feed(0, 1) + "&model=another").path("events")).isEmpty();
    }

    @Test
    void shouldProveThatAnEntryIsInTheLog() throws Exception {
        SigningKey key = SigningKey.generate("example.com/key");
        for (int i = 0; i < 12; i++) {
            publish(1, "part-" + i, new byte[1]);
        }
        log(key, 12, List.of(3, 5, 10));

        for (int index : List.of(0, 2, 3, 4, 7, 9)) {
            JsonNode entry = rig.json("/api/events/1/" + index + "/audit");
            assertThat(entry.path("index").asInt()).isEqualTo(index);
            assertThat(entry.at("/entry/eventId").asText()).isEqualTo("part-" + index);
            JsonNode proof = rig.json("/api/events/1/" + index + "/proof");
            assertThat(proof.path("leafIndex").asInt()).isEqualTo(index);
            InclusionProof given = proof(proof, index);
            assertThat(given.verify(key.verifier()).size())
                    .isEqualTo(proof.path("treeSize").asLong());
            InclusionProof moved = proof(proof, index == 0 ? 1 : index - 1);
            assertThatExceptionOfType(LogException.class).isThrownBy(() -> moved.verify(key.verifier()));
        }
        assertThat(rig.json("/api/events/1/11/proof").path("error").asText()).startsWith("no checkpoint covers");
        assertThat(rig.json("/api/events/1/99/audit").path("reason").asText()).startsWith("there is no entry");
        assertThat(rig.json("/api/events/1/99/audit").path("entry").isMissingNode())
                .isTrue();
    }

    private String feed(long from, long to) {
        return "/api/feed?from=%d&to=%d"
                .formatted(
                        start.plusSeconds(from).toEpochMilli(),
                        start.plusSeconds(to).toEpochMilli());
    }

    private static InclusionProof proof(JsonNode json, long index) throws Exception {
        List<byte[]> path = new ArrayList<>();
        for (JsonNode hash : json.path("path")) {
            path.add(hash.binaryValue());
        }
        return new InclusionProof(
                json.path("entry").binaryValue(),
                index,
                path,
                json.path("checkpoint").asText());
    }

    /** Entries for events that were published, and checkpoints after some of them. */
    private void log(SigningKey key, int entries, List<Integer> checkpoints) {
        TreeHasher hasher = new TreeHasher();
        CompactRange range = new CompactRange();
        for (int i = 0; i < entries; i++) {
            AuditEntry entry = new AuditEntry();
            entry.setIndex(i);
            entry.setPreviousLeaf("");
            entry.setRecordedAt(start);
            entry.setInputs(List.of(input(1, i)));
            entry.setStatus(AuditStatus.EXPLAINED);
            entry.setReason("");
            entry.setEventId("part-" + i);
            entry.setDevice("cpu");
            entry.setSoftwareVersion("1.2.3");
            range.append(hasher.leaf(rig.add(1, entry)), hasher);
            if (checkpoints.contains(i + 1)) {
                String note = new Checkpoint("example.com/log", i + 1, range.root(hasher)).sign(key);
                rig.add(1, new AuditCheckpoint(note, CompactRanges.hex(range), (long) i), start.toEpochMilli());
            }
        }
    }

    private void publish(int partition, String id, byte[] picture) {
        long offset = rig.add(partition, Records.event(id, start, picture));
        rig.add(partition, Records.explanation(id, "line", "stain", start, input(partition, offset), picture));
    }

    private static RecordInput input(int partition, long offset) {
        return new RecordInput(DashboardRig.TOPICS.input(), partition, offset);
    }
}
