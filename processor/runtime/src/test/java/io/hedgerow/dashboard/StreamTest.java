package io.hedgerow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.AlertState;
import io.hedgerow.RecordInput;
import io.hedgerow.Severity;
import io.hedgerow.dashboard.http.StreamHub;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The stream of changes as browsers get it, and as those that don't read it don't. */
class StreamTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration BEFORE_THE_SERVER = Duration.ofSeconds(15);

    private final Instant now = Instant.now();
    private final DashboardRig rig;

    StreamTest() throws Exception {
        rig = new DashboardRig();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void shouldBeginWithTheStateAndGoOnWithWhatChanges() throws Exception {
        rig.add(Records.profile(1, "dent", now.minusSeconds(20), 20, 7));
        await().until(() -> rig.json("/api/state").path("classes").size() == 2);
        try (EventReader reader = new EventReader(rig.port())) {
            await().until(() -> reader.text().contains("event: classes"));
            assertThat(reader.text())
                    .contains(
                            "Content-Type: text/event-stream",
                            "retry: 2000",
                            "id: ",
                            "event: verdict",
                            "event: machine")
                    .doesNotContain("event: alerts", "event: resync");

            rig.add(Records.alert("a1", "dent", Severity.WARNING, AlertState.OPENED, now));
            await().until(() -> reader.text().contains("event: alerts"));
            assertThat(reader.text()).contains("\"id\":\"a1\"");

            rig.add(Records.profile(2, "stain", now.minusSeconds(20), 10, 1));
            await().until(() -> reader.text().contains("\"label\":\"stain\""));
            assertThat(reader.text().split("\"classIndex\":1,\"label\":\"dent\"", -1))
                    .as("a row that didn't change comes once, and its alert")
                    .hasSizeLessThanOrEqualTo(4);
        }
    }

    @Test
    void shouldSendTheFeed() throws Exception {
        try (EventReader reader = new EventReader(rig.port())) {
            await().until(() -> reader.text().contains("event: verdict"));
            rig.add(0, Records.explanation("part-1", "line", "dent", now, new RecordInput("in", 0, 1L), new byte[1]));

            await().until(() -> reader.text().contains("event: feed"));
            assertThat(reader.text()).contains("\"id\":\"part-1\"", "\"thumbnail\":\"/api/events/0/0/thumbnail\"");
        }
    }

    @Test
    void shouldSendWhatCameBetweenTheStateAndTheStream() throws Exception {
        await().until(() -> rig.json("/api/state").path("feed").isEmpty());
        rig.add(0, Records.explanation("part-1", "line", "dent", now, new RecordInput("in", 0, 1L), new byte[1]));
        await().until(() -> rig.json("/api/state").path("feed").size() == 1);

        try (EventReader reader = new EventReader(rig.port())) {
            await().until(() -> reader.text().contains("event: feed"));
            assertThat(reader.text()).contains("\"id\":\"part-1\"", "\"dropped\":0");
        }
    }

    @Test
    void shouldTellWhoWasHereBeforeARestartToReadTheStateAgain() throws Exception {
        try (EventReader before = new EventReader(rig.port(), "Last-Event-ID: x1-17")) {
            await().until(() -> before.text().contains("event: verdict"));
            assertThat(before.text()).contains("event: resync");
            String id = before.text().replaceAll("(?s).*id: (\\S+).*", "$1");
            try (EventReader again = new EventReader(rig.port(), "Last-Event-ID: " + id)) {
                await().until(() -> again.text().contains("event: verdict"));
                assertThat(again.text()).doesNotContain("event: resync");
            }
        }
    }

    @Test
    void shouldRefuseMoreReadersThanThereMayBe() throws Exception {
        List<EventReader> readers = new ArrayList<>();
        try {
            for (int i = 0; i < StreamHub.MOST_READERS; i++) {
                EventReader reader = new EventReader(rig.port());
                readers.add(reader);
                await().until(() -> reader.text().contains("HTTP/1.1 200"));
            }
            try (EventReader refused = new EventReader(rig.port(), "Connection: close")) {
                await().until(() -> refused.text().contains("HTTP/1.1 "));
                assertThat(refused.text()).contains(" 503 ");
                await().until(() -> refused.text().contains("32 pages are open"));
            }
            assertThat(rig.get("/livez").statusCode()).isEqualTo(200);

            readers.get(0).close();
            await().atMost(LONG).until(() -> {
                // Whoever is gone is missed when there is something to say.
                rig.add(Records.alert("a" + readers.size(), "dent", Severity.WARNING, AlertState.OPENED, now));
                EventReader reader = new EventReader(rig.port());
                readers.add(reader);
                await().until(() -> reader.text().contains("HTTP/1.1 "));
                return reader.text().contains("HTTP/1.1 200");
            });
        } finally {
            for (EventReader reader : readers) {
                reader.close();
            }
        }
    }

    @Test
    void shouldDropWhoTakesNothingAndServeTheOthers() throws Exception {
        String label = "x".repeat(200_000);
        try (EventReader reader = new EventReader(rig.port());
                Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new InetSocketAddress("127.0.0.1", rig.port()));
            slow.getOutputStream()
                    .write("GET /api/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            await().until(() -> reader.text().contains("event: verdict"));
            // More than sockets hold between two ends.
            for (int i = 0; i < 60; i++) {
                rig.add(Records.alert("a" + i, label, Severity.WARNING, AlertState.OPENED, now));
            }
            await().atMost(LONG).until(() -> reader.text().contains("\"id\":\"a59\""));

            // Before the server itself misses an answer that nobody takes.
            await().atMost(BEFORE_THE_SERVER).until(() -> rig.readers() == 1);
            rig.add(Records.alert("last", "dent", Severity.WARNING, AlertState.OPENED, now));
            await().atMost(LONG).until(() -> reader.text().contains("\"id\":\"last\""));
            assertThat(reader.isEnded()).isFalse();
        }
    }

    @Test
    void shouldEndWithTheProcess() throws Exception {
        try (EventReader reader = new EventReader(rig.port())) {
            await().until(() -> reader.text().contains("event: verdict"));

            rig.close();

            await().until(reader::isEnded);
        }
    }
}
